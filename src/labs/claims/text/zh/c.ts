import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  28: {
    claim: '第三次握手可以携带数据。',
    truth: '正确：序号 x + 1，确认号 y + 1，带数据。客户端已经是 ESTABLISHED；服务器先处理其中的 ACK 进入 ESTABLISHED，再处理数据。',
  },
  29: {
    claim: '第一次、第二次握手（SYN=1 的报文段）不能携带数据。',
    truth: '可以携带。RFC 明确说这是合法的，并指出对此历来有“相当多的误传”（significant misinformation）。条件只有一个：在确认数据有效（例如进入 ESTABLISHED）之前，不得交给应用程序。不用 TCP Fast Open 时，Linux 会忽略 SYN 上的数据；有了有效的 cookie，数据则立即交付。',
  },
  30: {
    claim: '如果 SYN 可以携带数据，攻击者就能让服务器耗费大量时间和内存。',
    truth: '作为理由是对的，内核默认不保存这种数据，原因正在于此。但这是谨慎的做法，不是 TCP 的规定：Fast Open 的办法是用 cookie 证明客户端的地址，并限制未完成请求的数量。',
  },
};
