/** Where mailboxes are had by anybody, so that the domain says nothing of whom one works for. */
const FREE = new Set(
  (
    'qq.com foxmail.com 163.com 126.com yeah.net 188.com vip.163.com vip.126.com vip.qq.com sina.com sina.cn vip.sina.com sohu.com tom.com 21cn.com 139.com 189.cn wo.cn ' +
    'aliyun.com 263.net hotmail.com hotmail.co.uk outlook.com live.com live.cn live.co.uk msn.com gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.cn yahoo.com.cn ' +
    'yahoo.com.hk yahoo.com.tw ymail.com icloud.com me.com mac.com aol.com gmx.com gmx.net gmx.de web.de t-online.de mail.com mail.ru proton.me protonmail.com ' +
    'btinternet.com sky.com virginmedia.com ntlworld.com talktalk.net orange.fr free.fr laposte.net libero.it hinet.net pchome.com.tw netvigator.com naver.com daum.net'
  ).split(' '),
)

export const isFreeHost = (domain: string): boolean => FREE.has(domain)

/** Parts under which companies register: co.uk, com.cn. */
const SECOND = /\.(?:(?:com|net|org|gov|edu|ac|co|ltd|plc|me)\.[a-z]{2})$/

/** The domain an organisation registered: mail.sales.example.com.cn → example.com.cn. Free hosts stay whole. */
export function readDomain(raw: string): string {
  const domain = raw
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/:?#].*$/, '')
    .replace(/^www\./, '')
  if (isFreeHost(domain)) return domain
  const parts = domain.split('.')
  return parts.slice(SECOND.test(domain) ? -3 : -2).join('.')
}
