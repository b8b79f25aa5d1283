/**
 * Wishes to hear no more that are sure by their words: no model is asked. Words that a provider or an operator lets people send (whole
 * replies), and what people write instead. Whoever is taken for one wrongly only gets no offers; the other mistake breaks the law.
 */
import { simplify } from '../../collect/index.ts'
import { isOptOut, OPT_OUT_WORDS } from '../channels/sms/opt-out.ts'

/** Of a mail the whole text too; short answers to a question (N, R, END) are refusals in an SMS alone. */
const IN_MAIL = OPT_OUT_WORDS.filter(word => !['N', 'R', 'END', 'CANCEL', '取消', 'QUIT'].includes(word)).concat([
  'UNSUB',
  'OPT OUT',
  'OPTOUT',
  'REMOVE',
  'REMOVE ME',
  'STOP ALL',
  'STOP SENDING',
  '停止',
  '停止发送',
  '取消订阅',
  '退定',
  '不要再发',
  '别再发',
  '别发了',
  '不要发了',
  'TDTD',
  'NO MORE',
  'NO MORE PLEASE',
  '退退退',
  '求停',
  '求放过',
  '停了吧',
  '别烦我',
  '别烦我了',
  '少来烦我',
  '放过我吧',
  '滚',
  '滚开',
  '滚远点',
  '勿扰',
])

/** Text without spaces, punctuation, symbols and case: 退 订！ and ＳＴＯＰ are the words they are. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** Said of something else: staying subscribed, a membership that was paid for, a colleague who left. */
const ZH_NOT =
  /(不要|不想|不会|不用|没有?|没说|并非|别|勿|无需|不是(要|想)?)(给我|帮我)?退[订定]|(如果|要是|万一).{0,6}退[订定]|离职.{0,8}勿再发/
/** What is sent, in Chinese. */
const ZH_SENT = '(推送|推播|短信|简讯|邮件|广告|营销|行销|推广|促销|推销|通知|提醒|消息|电子报|信息)'
const ZH = [
  /退一?下?[订定](?!单|金|货|会员|以后|之后|的话|费|.{0,8}(扣|收我))/,
  /T退订|TD退订|回复?TD?$/,
  /取消(我的?|所有|邮件|短信|你们的)*订阅/,
  /(不要|别|勿|不用|莫|停止|不许)再?(给我|向我|往我|对我|跟我)?(手机|邮箱|号码|家里)?(再)?(打电话)?(发送|发|推送|寄送|寄|群发|打扰|骚扰|推销|联系我|联络我)(?!错|坏|漏|少|票|货|我的发票|快递)/,
  /(不|拒绝|不愿|不想|不希望)再?(想)?(接受|接收|收到|收|看到)(任何|你们的?|贵司的?|这种|这些|此类)*(营销|推广|促销|广告|推销|短信|邮件|信息|消息|垃圾)/,
  /不同意.{0,12}(营销|推广|广告)/,
  /没有?订阅过?.{0,8}停止/,
  /再(发|打)(来|我|短信|广告|邮件)*.{0,4}(投诉|举报|报警)/,
  /取消发送|不想被打扰|把我.{0,4}(移除|移出|删除|删掉)/,
  /拒收(你们的?|所有|任何)*(营销|推广|促销|广告|短信|邮件|信息|消息)/,
  /(撤回|撤销|收回|取消)(我的?|对)*(营销|推广|广告|同意|授权)(的)?(同意|授权)?/,
  /(移出|移除|剔除|删除|删掉|去掉).{0,6}(名单|列表|联系方式)/,
  /(从|把).{0,8}(名单|列表|通讯录|数据库|库里).{0,4}(移出|移除|剔除|删除|删掉|去掉|拿掉|划掉|清掉|清除)/,
  /(不要|别|勿|莫|甭|不许|不准|唔好)再.{0,6}(打(?!折|错|包|扫)|拨|来电|来信|推(?!迟|脱|卸|诿|来推|三阻)|传简讯|找我|烦我|烦人|惦记)/,
  /(唔好|甭|不许|不准|别再).{0,4}(SEND|寄|发)(?!错|坏|漏|少|票|货)/,
  /(^|以后|往后|请|就)(别|莫|甭|少来)烦我/,
  new RegExp(
    `(把|请|麻烦|帮我|给我|所有|一律|^).{0,8}${ZH_SENT}.{0,4}(都|请|也|给我|全|全部)?(关掉|关了|关闭|停掉|停了|请停|取消|屏蔽)(吧|了|啦|掉|一下|好吗|谢谢)*$`,
  ),
  new RegExp(
    `(请|麻烦|帮我|给我|统统|通通|一律|全部|立即|立刻)(关掉|关闭|停掉|取消|停止)(一切|所有|任何|这些|我的?|你们的?|全部|晒|啲){0,2}.{0,6}${ZH_SENT}`,
  ),
  /(通通|统统|全部?|一律|全都)(停掉|停了|给我停|取消|退订|退掉|关掉|静音)(吧|了|谢谢)*$/,
  /(停止|拒绝|谢绝)(一切|任何|所有|对我的|对本人|再)*(进行)?(任何)?(形式)?(的|之)?(营销|行销|推广|推销|骚扰|商业广告|联系我|来电$)/,
  /(撤回|撤销|收回).{0,14}(同意|授权)/,
  /不想再?(看|听|收)到?(你们|任何|这些|的)*.{0,4}(推送|广告|短信|简讯|邮件|推销)/,
  /再(骚扰|推销|发送|来电|有下次).{0,10}(举报|起诉|投诉|报警|录音)/,
]

const EN_NOT =
  /\b(do not|don'?t|did not|didn'?t|never|not to|not want to|won'?t|cannot|can'?t|doesn'?t|(?:if|when) i) (unsubscribe|opt out|stop)\b|\bunsubscribed\b.{0,60}\b(bill|charg|debit|taking)/i
/** Where an order to somebody begins: "and lose my number", not "do I lose my number?". */
const ORDER = '(?:^\\W*|[^\\w\\s]\\s*|\\b(?:and|so|please|pls|plz|just|now|kindly|then|to)\\s+)'
/** What is sent, in English. */
const EN_SENT =
  '(?:e-?mails?|mails?|texts?|text alerts|sms|messages|msgs|newsletters?|ads|adverts|advertising|promos|promotions|promotional \\w+|marketing|offers|mailers|mailings?|notifications|alerts|circulars|leaflets|flyers|brochures|catalogues|spam)'
const EN = [
  /\bun-?subs?cri?b/i,
  /\bunsub\b/i,
  /\b(take|remove|delete|strike|drop|get) (me|us|my (name|number|address|e-?mail)|this (e-?mail|number|address)( address)?|our (address|number|name))\b.{0,20}\b(off|from|out of|out)\b.{0,40}(?<!\b(tour|guest|trip|waiting|party|passenger|team|class) )\b(lists?|newsletters?|mailings?|mailing|distribution|database)\b/i,
  /\bstop (sending|texting|mailing|e-?mailing|phoning|contacting|writing|spamming|messaging|bothering|harassing|all (advert|market|mail|text|messag|call)|these (messages|texts|e-?mails|calls|letters|ads|adverts)|this spam|the (messages|texts|e-?mails|spam|ads))/i,
  /\bno more (of (this|these|your) )?(e-?mails?|texts?|calls|letters|messages|ads|adverts|advertising|offers|spam|newsletters?|catalogues|marketing)\b/i,
  /\b(do not|don'?t|never)( ever)? (send|text|mail|e-?mail|contact|call|phone|write|message)( to)? (me|us)( (any|your|offers|ads|adverts|marketing|text|texts|messages|e-?mails|with))*.{0,12}\b(again|any ?more|any longer|ads|offers|adverts|marketing|in future)\b/i,
  /\b(do not|don'?t|no longer|never) (want|wish|like|care)( to| any)? (to )?(receive|get|hear from|be contacted)\b.{0,24}\b(you|e-?mails?|messages?|texts?|offers?|ads?|adverts?|marketing|mailings?|newsletters?|letters|calls|any ?more|again)\b/i,
  /\bopt(ing|ed)?[ -]?out\b/i,
  /\bwithdraw (my|our) consent\b/i,
  /\b(quit|stop) spamming\b/i,
  /\bleave me alone\b/i,
  /\b(take|get) me off\b/i,
  /\btaken off\b.{0,12}\blists?\b/i,
  /\bobject to\b.{0,30}\bmarketing\b/i,
  /\bcancel (my|this|the) subscription to (the|your) (newsletter|mailing|e-?mails?)\b/i,
  /\b(end|stop) (these|this|the|your|all) (messages|mailings?|e-?mails?|texts|ads|adverts)\b/i,
  /^\W*(please )?stop( it| this| that)?( now| please)?\W*$/i,
  /\b(no further|don'?t want any more|enough with)\b.{0,24}\b(mail|e-?mails?|texts?|messages?|ads|adverts|commercial|advertising)\b/i,
  /(^|[.,!?:;–—-]\s*|\b(please|pls|plz|kindly|just|now|must|told you to|asked you to|(can|could|will|would) (you|u)( all)?( please)?)\s+)stop\W*$/i,
  /\b(stop|quit) (ringing|bugging|hassling|badgering|pestering|nagging|bombarding|posting|blowing|disturbing|spamming|calling|texting|e-?mailing|sending)\b(?! (me |us |him |her )?(mr|mrs|ms|miss|sir|madam|by)\b)/i,
  new RegExp(
    `${ORDER}(?:turn|switch|shut) (?:off |(?:all|the|these|those|your|my|promo|them)\\s*){0,3}${EN_SENT}?\\s*(?:about offers )?off\\b(?=.{0,12}$)`,
    'i',
  ),
  new RegExp(
    `${ORDER}(?:turn off|switch off|shut off|kill|end|cancel|discontinue|disable|deactivate|mute|cease) (?:all |any |the |these |those |your |my |direct |further |promo |weekly ){0,3}${EN_SENT}\\b`,
    'i',
  ),
  new RegExp(
    `\\bstop (?:all |any |the |these |those |your |my |direct |with the |loan |promo ){0,3}${EN_SENT}\\b`,
    'i',
  ),
  new RegExp(
    `${ORDER}(?:lose|forget|delete|scrub|wipe|bin|ditch|erase|remove) (?:my|this|our) (?:phone )?(?:number|no|contact|address|e-?mail|details|data)\\b(?!.{0,60}(?:new|use|instead|replace|update|change|\\d{4}))`,
    'i',
  ),
  /^\W*(?:please |pls |and )?(?:do not|don'?t|never)(?: ever)? (?:text|call|ring|phone|e-?mail|message|msg|contact|mail)(?: me| us| here| this number)?(?: again| ever(?: again)?| any ?more| please)?\W*$/i,
  new RegExp(
    `${ORDER}(?:(?:do not|don'?t|never)(?: ever)?|u not) (?:text|call|ring|phone|e-?mail|message|msg|contact|mail|disturb|write)\\b.{0,16}\\b(?:again|any ?more|ever)\\b`,
    'i',
  ),
  /\bleave (me|us|my \w+)( the \w+)? (alone|in peace)\b/i,
  /\bleave (me|us) out of (it|this|your|all|future)\b/i,
  /\b(on|to) (the |your |a )?(national )?do[- ]not[- ](call|contact)\b|\b(put|add) me (on|to) (the )?(dnd|dnc)\b/i,
  /\bnot (another|one more) (text|e-?mail|mail|call|message|letter|word)\b/i,
  /^\W*no (cold calls|junk mail|marketing|leaflets|flyers|soliciting|advertising|spam)\b.{0,24}$/i,
  /\b(revoke|withdraw|cancel)\b.{0,20}\b(consent|permission)\b.{0,40}\b(market|contact|promot|advert|communicat)/i,
  /\btake (us|our \w+|this (number|address|no)\b\.?) off\b|\bopt me out\b/i,
  /^\W*(f\w* ?off|piss off|bugger off|sod off|naff off|get lost|go away|get stuffed)\b.{0,40}$/i,
  /\b(do not|don'?t) send (me )?(anything|any) (else|more)\b/i,
  /\bout of (your|the|this) (newsletter|mailing|list)\b/i,
  /\b(cease|refrain from) (sending|contacting|writing|calling|mailing)\b/i,
]

/** `whole`: words that count as a whole reply; a provider's own come on top. */
export function saysStop(own: string, channel: string, words: readonly string[] = []): boolean {
  const said = own.normalize('NFKC').replace(/[‘’ʼ]/g, "'").trim()
  if (said === '') return false
  const whole = [...(channel === 'sms' ? [...OPT_OUT_WORDS, ...IN_MAIL] : IN_MAIL), ...words]
  if (isOptOut(said, whole) || whole.some(word => bare(word) === bare(said))) return true
  const zh = simplify(said)
    .replace(/[\s\p{P}\p{S}]+/gu, '')
    .toUpperCase()
  if (!ZH_NOT.test(zh) && ZH.some(phrase => phrase.test(zh))) return true
  const en = said.replace(/\s+/g, ' ')
  // "No. More. Calls."
  const spoken = en.replace(/\b(\w+)[.!]+ (?=\w+[.!])/g, '$1 ')
  return !EN_NOT.test(en) && EN.some(phrase => phrase.test(en) || (spoken !== en && phrase.test(spoken)))
}

/** Not this channel alone but every one: "do not contact me", "no more letters and no more calls". */
export const meansEverything = (own: string): boolean =>
  /(所有|任何(方式|渠道|形式)|不要再?联系|别再?联系|勿再?联系|不要再?打扰|(打|来)电话|contact|hear from|\ball\b|any(thing)? from you|\bcalls?\b.*\b(letters?|mails?|texts?)\b|\b(letters?|mails?|texts?)\b.*\bcalls?\b)/i.test(
    own.normalize('NFKC'),
  )
