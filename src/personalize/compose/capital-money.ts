import { unitOf } from './format.ts'
import type { Language } from './languages.ts'

/**
 * 大写金额: amounts in the characters that cannot be altered, as bills and receipts write them. Rules: 中国人民银行《支付结算办法》附一
 * 《正确填写票据和结算凭证的基本规定》: 整 after 元 or 角, never after 分; zeros between digits are one 零; a zero at the end of a group of
 * four says nothing, but one 零 may stand before 角 when 元 ends in a zero (we write it, and so does the annex's ￥1,680.32 in its first
 * form). Taiwan writes the same in traditional characters.
 */
const simplified = {
  digits: '零壹贰叁肆伍陆柒捌玖',
  ten: '拾',
  hundred: '佰',
  thousand: '仟',
  groups: ['', '万', '亿', '万亿'],
}
const traditional = { ...simplified, digits: '零壹貳參肆伍陸柒捌玖', groups: ['', '萬', '億', '兆'] }
type Characters = typeof simplified

/** 圆 is what banknotes write; 元 is what the rules print and people write. */
const names: Record<string, { 'zh-CN': string; 'zh-TW': string }> = {
  CNY: { 'zh-CN': '人民币', 'zh-TW': '人民幣' },
  TWD: { 'zh-CN': '新台币', 'zh-TW': '新臺幣' },
  HKD: { 'zh-CN': '港币', 'zh-TW': '港幣' },
  GBP: { 'zh-CN': '英镑', 'zh-TW': '英鎊' },
  USD: { 'zh-CN': '美元', 'zh-TW': '美元' },
  EUR: { 'zh-CN': '欧元', 'zh-TW': '歐元' },
  JPY: { 'zh-CN': '日元', 'zh-TW': '日圓' },
  SGD: { 'zh-CN': '新加坡元', 'zh-TW': '新加坡元' },
}

/** 123456 GBP: 英镑壹仟贰佰叁拾肆元伍角陆分. English has no such writing and gets ''. */
export function capitalMoney(minor: number, currency: string, lang: Language): string {
  if (lang === 'en' || !Number.isSafeInteger(minor)) return ''
  const characters = lang === 'zh-TW' ? traditional : simplified
  const unit = unitOf(currency)
  const size = Math.abs(minor)
  const whole = Math.floor(size / unit)
  const cents = unit === 100 ? size % unit : 0
  const name = names[currency]?.[lang] ?? currency
  const sign = minor < 0 ? (lang === 'zh-TW' ? '負' : '负') : ''
  return `${name}${sign}${capitalWhole(whole, characters)}元${capitalCents(whole, cents, characters)}`
}

function capitalWhole(whole: number, { digits, ten, hundred, thousand, groups }: Characters): string {
  if (whole === 0) return digits[0]!
  const units = ['', ten, hundred, thousand]
  let text = ''
  let owesZero = false
  const written = String(whole)
  for (const [index, digit] of [...written].entries()) {
    const place = written.length - 1 - index
    if (digit === '0') owesZero = true
    else {
      if (owesZero && text !== '') text += digits[0]
      text += digits[Number(digit)]! + units[place % 4]!
      owesZero = false
    }
    // A group of four is named when it says anything.
    if (place % 4 === 0 && place > 0 && Number(written.slice(Math.max(0, index - 3), index + 1)) > 0)
      text += groupName(place / 4, groups, Number(written.slice(index + 1, index + 5)))
  }
  return text
}

/** 壹万亿, but 壹万贰仟亿: the second name of a pair is said once. */
const groupName = (group: number, names: readonly string[], next: number): string =>
  names[group] === '万亿' && next > 0 ? '万' : (names[group] ?? '')

function capitalCents(whole: number, cents: number, { digits }: Characters): string {
  const [jiao, fen] = [Math.floor(cents / 10), cents % 10]
  if (cents === 0) return '整'
  const before = jiao === 0 || (whole > 0 && whole % 10 === 0) ? digits[0]! : ''
  const tenths = jiao === 0 ? '' : `${digits[jiao]}角`
  // Nothing stands before the 分 of an amount below one 角 but the zero of 元.
  return (jiao === 0 && whole === 0 ? '' : before) + tenths + (fen === 0 ? '整' : `${digits[fen]}分`)
}
