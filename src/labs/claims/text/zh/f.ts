import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  51: {
    claim: '关闭连接需要四个报文段：FIN、ACK、FIN、ACK。',
    truth: '正确，前提是另一方稍后才关闭。主动关闭方依次经过 FIN-WAIT-1、FIN-WAIT-2、TIME-WAIT，被动关闭方依次经过 CLOSE-WAIT、LAST-ACK、CLOSED。',
  },
  52: {
    claim: '服务器的应答序号为 v，它的 FIN 序号为 w；客户端发出最后的 ACK 后立即关闭。',
    truth: 'v 和 w 的写法是对的：w 等于 v 加上两者之间服务器发送的字节数，没有发送则相等。但客户端不会立即关闭：它要在 TIME-WAIT 停留 2MSL。',
  },
  53: {
    claim: '客户端收到 ACK 后进入 TIME-WAIT。',
    truth: '对 FIN 的 ACK 只让它从 FIN-WAIT-1 进入 FIN-WAIT-2，而这篇笔记漏掉了 FIN-WAIT-2。收到对方的 FIN 才进入 TIME-WAIT。',
  },
  54: {
    claim: '一份四次挥手的列表：多出一个标着“？”的报文段，收到对方的 FIN 才进入 FIN-WAIT-2，客户端发了两个 ACK。',
    truth: '并没有那个“？”报文段。进入 FIN-WAIT-2 的条件是 ACK，FIN 则使它进入 TIME-WAIT。客户端不会确认自己的 FIN：它只发一个 ACK，确认号是 w + 1。列表里还缺 LAST-ACK、TIME-WAIT 和 CLOSED。改正后的列表取自一次真实的运行。',
  },
  55: {
    claim: '要四次挥手，是因为两个方向各自关闭，被动方可能还有数据；收到 FIN 的一方无法马上返回 FIN。',
    truth: '理由是对的，何时关闭由应用程序决定。也正因如此，S2 的“无法”说错了：应用程序一读到流的末尾就 close()，ACK 和 FIN 就在同一个报文段里，挥手只要三次。S2 自己前面也是这么说的。',
  },
  56: {
    claim: '中间两步可以合并，这时从 FIN-WAIT-1 直接进入 TIME-WAIT。',
    truth: '正确。短请求大多是这样：对方的 FIN,ACK 既确认了我们的 FIN，又是它自己的 FIN。',
  },
  57: {
    claim: '半关闭：发出 FIN 的一方不再说话，但还可以继续听。',
    truth: '正确，shutdown(SHUT_WR) 就是如此；对方在发出自己的 FIN 之前，想发多少都可以。close() 则不止于此：它连读也放弃了，此后到达的数据会得到 RST。',
  },
  58: {
    claim: '五篇笔记都没有提到同时关闭。',
    truth: '两个 FIN 可能在途中交错。这时双方都从 FIN-WAIT-1 进入 CLOSING，收到 ACK 后进入 TIME-WAIT：两边都要等待。',
  },
  59: {
    claim: '主动关闭的一端进入 TIME-WAIT，被动关闭的一方转入 CLOSED，这能保证所有数据都被传输。',
    truth: '被动关闭方要先经过 CLOSE-WAIT 和 LAST-ACK，才到 CLOSED。它也保证不了什么：还有未读数据就 close() 会发送 RST，途中的数据就此丢失。只有对方应用程序的应答，才能说明它全都读到了。',
  },
  60: {
    claim: '五篇笔记都没有说：FIN 丢了、遇到零窗口，或者始终无人应答，会怎样。',
    truth: 'FIN 像数据一样重传，可以和数据放在同一个报文段里；窗口关闭时它排在数据后面等待，而状态在 FIN 进入发送队列时就已是 FIN-WAIT-1。一直无人应答，重传达到上限（R2）就放弃。FIN-WAIT-2 在 RFC 里没有时限；在 Linux 上，如果已没有进程持有这个套接字，过了 tcp_fin_timeout 就结束。',
  },
  61: {
    claim: '处于 LAST-ACK 的一方不断重传 FIN，直到收到 ACK。',
    truth: '正确，直到重传的上限为止。每到达一份，对方就再确认一次，并重新启动 2MSL。',
  },
  62: {
    claim: 'TIME-WAIT 是主动分手方付出的代价，好比守寡期，期间端口不得回收。',
    truth: '谁付代价，比喻说得很好：谁先关闭谁付。付的是什么，比喻就不成立了：被保留的不是端口，而是这个四元组；不占文件描述符；对方的新 SYN 还可能提前结束等待。',
  },
};
