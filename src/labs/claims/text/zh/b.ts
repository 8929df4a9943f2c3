import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  21: {
    claim: '第一次握手的 SYN 丢失：客户端超时重传，直到次数用尽，connect() 返回 −1。定时器默认为 3 秒。',
    truth: '前半句正确。定时器从 RFC 6298（2011 年）起是 1 秒；3 秒是 RFC 1122 和 RFC 2988 的旧值，如今只留下一处：SYN 丢失过的话，开始传数据时 RTO 取 3 秒。每次等待时间是上一次的两倍；Linux 的前几次重传则都间隔 1 秒。',
  },
  22: {
    claim: '第二次握手的 SYN,ACK 丢失：客户端照旧重传，服务器阻塞在 accept() 里等待。',
    truth: '双方都有定时器：客户端重传 SYN，服务器也重传 SYN,ACK；重传的 SYN 会再引出同样的 SYN,ACK。accept() 与此无关：握手由 TCP 完成，此时应用程序还不知道有这条连接。',
  },
  23: {
    claim: '第三次握手的 ACK 丢失：服务器超时重传 SYN,ACK。',
    truth: '正确。客户端早已是 ESTABLISHED，收到重复的 SYN,ACK 就再回一个 ACK，握手由此完成。',
  },
  24: {
    claim: '服务器重传超过限制后，accept() 返回 −1。',
    truth: 'accept() 什么也不返回，也不会被唤醒：它只交出已经建立好的连接，而这一条从未建立。TCP 悄悄丢弃这条半连接；Linux 在重传 5 次、共 63 秒之后这样做。',
  },
  25: {
    claim: '第三次握手丢失后，客户端发来数据，服务器回复 RST。',
    truth: '只有当服务器已经放弃时才是这样。只要它还在 SYN-RECEIVED，数据报文段所带的 ACK 就会完成握手，数据也一并收下。半连接记录过期之后，数据遇到的是一个不认识这条连接的监听套接字，才会得到 RST。',
  },
  26: {
    claim: '此时服务器已经不在监听状态，所以发送 RST。',
    truth: '监听套接字一直处于 LISTEN，这恰恰是 RST 的原因：没有与之匹配的连接，而 LISTEN 收到带 ACK 的报文段就要回复 RST。',
  },
  27: {
    claim: '五篇笔记都没有说：半连接收到 RST 会怎样，全连接队列满了会怎样。',
    truth: '被动打开的一方在 SYN-RECEIVED 收到 RST，回到 LISTEN，不通知用户，队列中的位置也腾了出来。全连接队列满时，Linux 默默丢弃新的 SYN，让客户端稍后重试，而不是直接失败。',
  },
};
