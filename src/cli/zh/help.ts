/** The help of all commands in Chinese, by the English sentence. A test walks the commands: none is missing, none left over. */

export const help: Readonly<Record<string, string>> = {
  // every command
  '$0 <command> [options]\n\nA real TCP stack that you can see through: every packet says why.':
    '$0 <命令> [选项]\n\n一个看得透的真实 TCP 协议栈：每个数据包都说明原因。',
  'The language: en or zh [default: as LANG says]': '语言：en（英文）或 zh（中文）[默认值：由 LANG 决定]',
  'A command is missing: capture, compare, demo, doctor, read, calls, lab, prove, or script.': '缺少命令：capture、compare、demo、doctor、read、calls、lab、prove 或 script。',
  'One command at a time.': '一次只能用一个命令。',
  'glasstcp <command> --help says more about one command.': 'glasstcp <命令> --help 显示该命令的详细帮助。',
  'Only the summary': '只显示汇总',
  'One JSON object per line': '每行一个 JSON 对象',
  'Print the results as JSON, one object per line': '以 JSON 输出结果，每行一个对象',
  // capture
  'Explain any TCP on a network interface while it passes, and write it down': '实时解释网络接口上经过的 TCP，并可记录下来',
  '$0 capture -i IFACE [options]\n\nAny TCP on a network interface, explained while it passes. It only listens, in promiscuous mode: it sends nothing.\nNeeds root or CAP_NET_RAW. Ctrl-C ends it, with a summary.':
    '$0 capture -i 接口 [选项]\n\n实时解释网络接口上经过的 TCP。只以混杂模式监听，不发送任何数据。\n需要 root 权限或 CAP_NET_RAW。按 Ctrl-C 结束并显示汇总。',
  'Where to listen: lo, eth0 …, or any': '监听哪个接口：lo、eth0 …，或 any（全部）',
  'Which packets, in libpcap\'s language (man pcap-filter); "" for all': '抓哪些包，用 libpcap 的过滤语法（man pcap-filter）；"" 表示全部',
  'Write the frames to this file (pcapng), each with its explanation; - for standard output': '把帧写入此文件（pcapng），每帧附上解释；- 表示标准输出',
  'End after so many frames': '抓到这么多帧后结束',
  'End after so many seconds': '经过这么多秒后结束',
  'KiB that the kernel keeps for us while we are busy': '来不及处理时由内核暂存的数据量，KiB',
  'All that there is to say of each segment': '显示关于每个报文段的全部内容',
  'what talks on this machine': '看看本机上谁在通信',
  'then: wireshark web.pcapng': '然后：wireshark web.pcapng',
  'Wireshark, with explanations': '带解释的 Wireshark',
  // compare
  'Play the same peer to glasstcp and to the kernel, and judge every difference': '让 glasstcp 与内核面对同样的对端，逐一评判差异',
  '$0 compare [scenarios..] [options]\n\nPlays the same peer to glasstcp and to the kernel, and judges every difference.':
    '$0 compare [场景..] [选项]\n\n让 glasstcp 与内核面对同样的对端，逐一评判差异。',
  'Names of scenarios (--list), or files in packetdrill\'s notation': '场景的名称（见 --list），或 packetdrill 格式的文件',
  'All scenarios that come with glasstcp (less than 3 minutes)': 'glasstcp 自带的全部场景（不到 3 分钟）',
  'List the scenarios': '列出场景',
  'Write a report for the browser to this file': '把供浏览器阅读的报告写入此文件',
  'Print everything as JSON': '全部以 JSON 输出',
  'Show only one class: same, both allowed, kernel violates, unexplained, glasstcp violates, not compared':
    '只显示一类：same（相同）、both allowed（均允许）、kernel violates（内核违反）、unexplained（未解释）、glasstcp violates（glasstcp 违反）、not compared（未比较）',
  'one scenario, both sides in full': '一个场景，完整显示两边',
  'all of them, for the browser': '全部场景，供浏览器阅读',
  // demo
  'Watch glasstcp and the kernel hold a conversation, every packet explained (about 10 s)': '观看 glasstcp 与内核通信，每个数据包都有解释（约 10 秒）',
  '$0 demo [options]\n\nA TCP stack in TypeScript talks to the kernel\'s, and every packet says why. Takes about 10 s.':
    '$0 demo [选项]\n\n用 TypeScript 写成的 TCP 协议栈与内核的协议栈通信，每个数据包都说明原因。约需 10 秒。',
  'Where to write the capture (pcapng); --no-capture for none': '抓包文件（pcapng）写到哪里；--no-capture 表示不写',
  'Write all events to this file, one JSON object per line': '把所有事件写入此文件，每行一个 JSON 对象',
  'Maximum segment lifetime in seconds; TIME-WAIT lasts twice as long': '报文段最大生存时间（MSL），秒；TIME-WAIT 为其两倍',
  'Percent of packets lost at random, each way (0 to 30; 20 and more can take minutes)': '每个方向随机丢包的百分比（0 到 30；20 以上可能需要几分钟）',
  'Another seed, other losses': '随机种子；不同的种子，丢失不同的包',
  'IPv6 in place of IPv4': '用 IPv6 代替 IPv4',
  '"tun" to talk to the kernel, "raw" to talk to it on localhost, "pipe" to talk to a second glasstcp [default: tun where possible]':
    '"tun" 与内核通信，"raw" 在 localhost 上与内核通信，"pipe" 与另一个 glasstcp 通信 [默认值：可用时为 tun]',
  'A private network namespace; for tun the default, for raw in place of the host\'s own localhost': '使用私有网络命名空间；tun 默认如此，raw 则以它代替本机的 localhost',
  'No private network namespace for the TUN: watch the interface live in Wireshark (needs root)': 'TUN 不放进私有网络命名空间：可在 Wireshark 中实时观看该接口（需要 root 权限）',
  'Only the summary at the end': '只显示最后的汇总',
  'Every segment, every sentence, every variable': '显示每个报文段、每句解释、每个变量',
  'then: wireshark demo.pcapng': '然后：wireshark demo.pcapng',
  'on a bad line': '在不良线路上',
  'on localhost: watch the interface lo in Wireshark': '在 localhost 上：用 Wireshark 观看接口 lo',
  // doctor
  'Check what this machine has of what glasstcp needs, and say what to run for the rest': '检查本机是否具备 glasstcp 所需的一切，缺什么就说明该运行什么命令',
  'Print the findings as JSON': '以 JSON 输出检查结果',
  // read
  'Explain any TCP capture: states, retransmissions, windows, resets, each by its rule': '解释任意 TCP 抓包：状态、重传、窗口、重置，各依其规则',
  '$0 read FILE [options]\n\nAny TCP capture, explained: both ends\' states, what each segment is, what it means, by which rule.\npcap and pcapng, of Ethernet, Linux cooked, raw IP and loopback; FILE - is standard input.':
    '$0 read 文件 [选项]\n\n解释任意 TCP 抓包：双方的状态，每个报文段是什么、意味着什么、依据哪条规则。\n支持 pcap 与 pcapng，链路层为以太网、Linux cooked、原始 IP 或环回；文件为 - 时读标准输入。',
  'The capture; - for standard input': '抓包文件；- 表示标准输入',
  'ladder, table or json (one JSON object per line)': 'ladder（梯形图）、table（表格）或 json（每行一个 JSON 对象）',
  'Only the conversation of this number, as in the summary; may be given several times': '只看此编号的会话，编号见汇总；可多次给出',
  'Only segments that there is something to say about: sent again, out of order, windows closed, resets …': '只看值得一说的报文段：重传、乱序、窗口关闭、重置 …',
  'Write the same frames to this file (pcapng), each with its explanation as a comment': '把同样的帧写入此文件（pcapng），每帧以注释附上解释',
  'Read only so many frames': '只读取这么多帧',
  'Every segment, and what each is': '显示每个报文段，并说明它是什么',
  'a ladder for each conversation': '每个会话一张梯形图',
  'what went wrong, a line each': '出了什么问题，每个一行',
  'then: wireshark explained.pcapng': '然后：wireshark explained.pcapng',
  'while it happens': '边抓边解释',
  // calls
  'Serve socket calls in virtual time on standard input and output, one JSON object per line (docs/socket-calls.md)':
    '在虚拟时间里经标准输入输出提供套接字调用，每行一个 JSON 对象（docs/socket-calls.md）',
  'Our addresses, with the subnets they lie in': '我们的地址及其所在子网',
  'Largest IP packet, octets': 'IP 包的最大长度，字节',
  'Fixes sequence numbers and ports': '固定序号与端口',
  // lab
  'Textbook claims as experiments on live packets: list, run, show': '用真实的数据包做实验，检验教科书上的说法：list、run、show',
  '$0 lab <list | run | show> [ids..] [options]\n\nEach lab plays one claim about TCP on live packets, with the kernel or in virtual time, and fails if it does not happen.':
    '$0 lab <list | run | show> [编号..] [选项]\n\n每个实验用真实的数据包检验关于 TCP 的一个说法，对手是内核或在虚拟时间中进行；说法不成立，实验就失败。',
  'All labs': '列出全部实验',
  'Labs by their ids, or all': '实验的编号，或 all（全部）',
  'Only labs of this section of the notes (A to H)': '只要笔记中这一部分的实验（A 到 H）',
  'Both hosts are glasstcp, in virtual time: instant, and the same each time': '双方都是 glasstcp，在虚拟时间中进行：瞬间完成，每次结果相同',
  'Another seed, other sequence numbers and ports': '随机种子；不同的种子，不同的序号与端口',
  'Every sentence and every variable': '显示每句解释、每个变量',
  'Wait for a key before each segment, and say who is about to send it and why; with --sim': '每个报文段之前等待按键，并说明谁将发送、为什么；同时启用 --sim',
  'Let so many seconds pass before each segment (0.1 to 60); with --sim': '每个报文段之前停这么多秒（0.1 到 60）；同时启用 --sim',
  'Predict what glasstcp sends next: flags, seq, ack; with --sim': '预测 glasstcp 接下来发送什么：标志位、序号、确认号；同时启用 --sim',
  'Tell handshake and close as people remember them: walkie-talkie, fog or break-up': '用人们记忆它们的比喻讲述握手与挥手：对讲机（walkie-talkie）、雾中挥手（fog）或分手（break-up）',
  'Write the packets of one lab to this file (pcapng), each with its explanation': '把一个实验的数据包写入此文件（pcapng），每个都附上解释',
  'the close, a segment at a time': '四次挥手，一步一个报文段',
  'the close, as two people wave in the fog': '四次挥手，由雾中挥手的两个人来讲',
  'then: wireshark lost.pcapng': '然后：wireshark lost.pcapng',
  'Play labs: one in full, several a line each': '运行实验：单个完整显示，多个则每个一行',
  'The explanation alone': '只显示解释',
  'What about labs: list, run or show?  glasstcp lab --help': '要对实验做什么：list、run 还是 show？见 glasstcp lab --help',
  // prove
  'What the study notes say, claim by claim: their words, the verdict, the packets that prove it': '逐条检验学习笔记的说法：原文、判定、作为证据的数据包',
  '$0 prove <claims..> [options]\n\nA claim of the study notes by its number: the note\'s own words, right or wrong and why, and the packets that show it.\nS4-64 is entry 64 in the words of note S4; 64 is the entry in the words of all notes.':
    '$0 prove <说法..> [选项]\n\n按编号检验学习笔记的一条说法：笔记原文，对错及其原因，以及作为证据的数据包。\nS4-64 表示笔记 S4 所写的第 64 条；64 表示各篇笔记对这一条的所有写法。',
  'Claims by their numbers (S4-64, 64 …), a whole note (S4), or all': '说法的编号（S4-64、64 …），整篇笔记（S4），或 all（全部）',
  'List the claims, with their verdicts': '列出全部说法及其判定',
  'All claims of one section of the notes (A to H)': '笔记中某一部分的全部说法（A 到 H）',
  'Play every lab that answers the claim, not only the best': '运行与该说法有关的所有实验，而不只是最合适的',
  'Write the packets to this file (pcapng), each with its explanation': '把数据包写入此文件（pcapng），每个附上解释',
  'does TIME-WAIT hold a file descriptor?': 'TIME-WAIT 占用文件描述符吗？',
  'all there is about TIME-WAIT, in virtual time': '关于 TIME-WAIT 的全部说法，在虚拟时间中',
  // script
  'Run scripts in packetdrill\'s notation on glasstcp, or on the kernel': '在 glasstcp 或内核上运行 packetdrill 格式的脚本',
  '$0 script <files..> [options]\n\nRuns scripts in packetdrill\'s notation: what is sent to a TCP, and what it must answer. A folder stands for its .pkt files.':
    '$0 script <文件..> [选项]\n\n运行 packetdrill 格式的脚本：向 TCP 发送什么，它必须如何应答。给出文件夹即运行其中的 .pkt 文件。',
  'Scripts, or folders of them': '脚本，或存放脚本的文件夹',
  'engine (glasstcp in virtual time), kernel (Linux behind a TUN), tun (glasstcp behind a TUN), both (engine and kernel)':
    'engine（虚拟时间中的 glasstcp）、kernel（TUN 后面的 Linux）、tun（TUN 后面的 glasstcp）、both（engine 与 kernel）',
  'The same as --ip-version ipv6': '等同于 --ip-version ipv6',
  'ipv4, ipv6, or ipv4-mapped-ipv6': 'ipv4、ipv6 或 ipv4-mapped-ipv6',
  'Write all packets to this file (pcapng)': '把所有数据包写入此文件（pcapng）',
  'Write the results to this file, as JUnit does': '把结果以 JUnit 的格式写入此文件',
  'How far from its time an event may happen, µs': '事件时间允许的误差，微秒',
  'Where they differ glasstcp follows: linux, its own defaults, or the RFCs\' values': '各方不一致时 glasstcp 依从谁：linux、自己的默认值（own），还是 RFC 的值（rfc）',
  'name=value, for names in the scripts': '名称=值，供脚本中的名称使用',
  'A file of set-up commands to run before each script\'s own': '设置命令的文件，在每个脚本自己的设置之前运行',
  'How often to run a script again when only its timing was wrong, on a real clock': '在真实时钟上，仅因时间不符而失败时，重新运行脚本的次数',
  'all scripts of a folder, on glasstcp': '在 glasstcp 上运行文件夹中的全部脚本',
  'does the kernel do the same?': '内核也这样做吗？',
};
