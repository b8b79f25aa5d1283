/** Providers whose mailboxes say nothing of an employer; beside these, a domain that two organisations use is free mail too. */
export const FREE_MAIL = [
  ...['qq.com', 'vip.qq.com', 'foxmail.com', '163.com', 'vip.163.com', '126.com', 'yeah.net', 'sina.com', 'sina.cn'],
  ...[
    'sohu.com',
    '139.com',
    '189.cn',
    'wo.cn',
    '21cn.com',
    'tom.com',
    'aliyun.com',
    '188.com',
    '263.net',
    'hotmail.com',
  ],
  ...['gmail.com', 'googlemail.com', 'outlook.com', 'live.com', 'msn.com', 'yahoo.com', 'yahoo.co.uk', 'yahoo.com.cn'],
  ...['yahoo.cn', 'ymail.com', 'icloud.com', 'me.com', 'mac.com', 'aol.com', 'gmx.com', 'gmx.net', 'gmx.de', 'web.de'],
  ...[
    'mail.com',
    'proton.me',
    'protonmail.com',
    'btinternet.com',
    'hotmail.co.uk',
    'live.co.uk',
    'sky.com',
    'talktalk.net',
  ],
  ...['ntlworld.com', 'virginmedia.com', 'blueyonder.co.uk', 'tiscali.co.uk', 'comcast.net', 'verizon.net', 'att.net'],
  ...['mail.ru', 'yandex.ru', 'naver.com', 'daum.net', 'hinet.net', 'pchome.com.tw', 'netvigator.com'],
  // Reserved for examples (RFC 2606).
  ...['example.com', 'example.org', 'example.net'],
]
