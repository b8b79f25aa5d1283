/**
 * Wishes to hear no more that are sure by their words: no model is asked. Words that a provider or an operator lets people send (whole
 * replies), and what people write instead. Whoever is taken for one wrongly only gets no offers; the other mistake breaks the law.
 */
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
])

/** Text without spaces, punctuation, symbols and case: 退 订！ and ＳＴＯＰ are the words they are. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

const ZH_NOT = /(不要|不想|不会|不用|没有?|没说|并非|别|勿|无需|不是(要|想)?)(给我|帮我)?退[订定]/
const ZH = [
  /退一?下?[订定](?!单|金|货)/,
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
  /从.{0,8}(名单|列表).{0,4}(移出|移除|剔除|删除|删掉|去掉)/,
]

const EN_NOT = /\b(do not|don't|dont|did not|didn't|never|not to|not want to) (unsubscribe|opt out|stop)\b/i
const EN = [
  /\bun-?subs?cri?b/i,
  /\bunsub\b/i,
  /\b(take|remove|delete|strike|drop|get) (me|us|my (name|number|address|e-?mail)|this (e-?mail|number|address)( address)?|our (address|number|name))\b.{0,20}\b(off|from|out of|out)\b.{0,40}\b(lists?|newsletters?|mailings?|mailing|distribution|database)\b/i,
  /\bstop (sending|texting|mailing|e-?mailing|calling|phoning|contacting|writing|spamming|messaging|bothering|harassing|all (advert|market|mail|text|messag|call)|these (messages|texts|e-?mails|calls|letters|ads|adverts)|this spam|the (messages|texts|e-?mails|spam|ads))/i,
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
  /^.{0,40}\bstop\W*$/i,
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
  const zh = said.replace(/[\s\p{P}\p{S}]+/gu, '').toUpperCase()
  if (!ZH_NOT.test(zh) && ZH.some(phrase => phrase.test(zh))) return true
  const en = said.replace(/\s+/g, ' ')
  return !EN_NOT.test(en) && EN.some(phrase => phrase.test(en))
}

/** Not this channel alone but every one: "do not contact me", "no more letters and no more calls". */
export const meansEverything = (own: string): boolean =>
  /(所有|任何(方式|渠道|形式)|不要再?联系|别再?联系|勿再?联系|不要再?打扰|(打|来)电话|contact|hear from|\ball\b|any(thing)? from you|\bcalls?\b.*\b(letters?|mails?|texts?)\b|\b(letters?|mails?|texts?)\b.*\bcalls?\b)/i.test(
    own.normalize('NFKC'),
  )
