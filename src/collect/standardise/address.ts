/**
 * Postal addresses parsed to division, street and number.
 * Chinese addresses are cut at their own marks (省 市 区 路 号 …), which needs no gazetteer; Western ones by their commas,
 * a house number and a postcode. What cannot be placed stays in `rest`.
 */
import { foldText, hasHan, simplify } from './text.ts'

export interface Address {
  province: string
  city: string
  district: string
  street: string
  number: string
  postcode: string
  rest: string
}

const EMPTY: Address = { province: '', city: '', district: '', street: '', number: '', postcode: '', rest: '' }
const PROVINCE =
  /^(北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?/
const MUNICIPAL = new Set(['北京', '天津', '上海', '重庆', '香港', '澳门'])
const CITY = /^(.{2,7}?(?:市|自治州|地区|盟))/
const DISTRICT = /^(.{1,8}?(?:新区|自治县|自治旗|[区县旗市]))/
const TOWN = /^(.{2,8}?(?:街道|镇|乡))(?=.)/
const STREET = /^(.{1,12}?(?:大道|大街|公路|[路街巷道弄里村]))/
const NUMBER = /^[甲乙丙丁]?(\d+(?:[-之]\d+)?)(?:号|號|弄)?/

const CHINESE_DIGITS = '零一二三四五六七八九'
/** 三十五 → 35; street names like 五一路 are left alone because only digits before 号 are turned. */
const digitsBeforeHao = (text: string): string =>
  text.replace(/([一二三四五六七八九十百零]+)(?=[号號])/g, (_, run: string) => {
    let total = 0
    let last = 0
    for (const char of run) {
      if (char === '十' || char === '百') {
        total += (last || 1) * (char === '十' ? 10 : 100)
        last = 0
      } else last = CHINESE_DIGITS.indexOf(char)
    }
    return String(total + last)
  })

function readChinese(raw: string): Address {
  let text = digitsBeforeHao(simplify(raw.normalize('NFKC')).replace(/[\s,，、。;；]/g, ''))
  const out = { ...EMPTY }
  const code = /(?:邮编:?)?(?<!\d)([1-8]\d{5})(?!\d|号|室|弄)/.exec(text)
  if (code) {
    out.postcode = code[1] ?? ''
    text = text.replace(code[0], '')
  }
  text = text.replace(/^中国/, '')
  const take = (pattern: RegExp): string => {
    const found = pattern.exec(text)
    if (!found) return ''
    text = text.slice(found[0].length)
    return found[1] ?? ''
  }
  out.province = take(PROVINCE)
  if (MUNICIPAL.has(out.province)) {
    out.city = out.province
    text = text.replace(new RegExp(`^(?:${out.province}市|市辖区)`), '')
  } else out.city = take(CITY).replace(/(市|自治州|地区|盟)$/, '')
  out.district = take(DISTRICT).replace(/^市辖区/, '')
  take(TOWN)
  out.street = take(STREET)
  out.number = take(NUMBER)
  out.rest = text.toLowerCase()
  return out
}

const UNIT = /^(flat|apartment|apt|unit|suite|room|floor|bldg|building|block)\b/
const UK_POSTCODE = /\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b/
const POSTCODE = /\b(\d{4,6}(?:-\d{4})?)\b(?!.*\b\d{4,6}\b)/
const SHORT: Record<string, string> = {
  st: 'street',
  str: 'street',
  rd: 'road',
  ave: 'avenue',
  av: 'avenue',
  ln: 'lane',
  dr: 'drive',
  ct: 'court',
  pl: 'place',
  cres: 'crescent',
  cl: 'close',
  tce: 'terrace',
  blvd: 'boulevard',
  sq: 'square',
  gdns: 'gardens',
  hwy: 'highway',
}

/** Street words written out, so that "12 High St." and "12 high street" agree. */
export const readStreet = (raw: string): string =>
  hasHan(raw)
    ? simplify(raw.normalize('NFKC')).replace(/\s/g, '')
    : foldText(raw)
        .replace(/[^\p{L}\p{N} ]/gu, ' ')
        .split(' ')
        .filter(Boolean)
        .map(word => SHORT[word] ?? word)
        .join(' ')

function readWestern(raw: string): Address {
  let text = foldText(raw)
  const out = { ...EMPTY }
  const uk = UK_POSTCODE.exec(text)
  const code = uk ?? (text.includes(',') ? POSTCODE.exec(text.slice(text.indexOf(','))) : null)
  if (code) {
    out.postcode = uk ? `${uk[1]}${uk[2]}` : (code[1] ?? '')
    text = text.replace(code[0], '')
  }
  const parts = text
    .split(/[,;\n]/)
    .map(part => part.trim())
    .filter(Boolean)
  const at = parts.findIndex(
    part =>
      !UNIT.test(part) && (/^\d+[a-z]?(?:[-/]\d+[a-z]?)?\s+\p{L}/u.test(part) || /\p{L}\s+\d+[a-z]?$/u.test(part)),
  )
  const line = parts[Math.max(at, 0)] ?? ''
  const number = /^(\d+[a-z]?(?:[-/]\d+[a-z]?)?)\s+/.exec(line) ?? /\s+(\d+[a-z]?)$/.exec(line)
  out.number = number?.[1] ?? ''
  out.street = readStreet(number ? line.replace(number[0], ' ') : line)
  const after = parts.slice(Math.max(at, 0) + 1)
  out.district = after.find(part => / district$/.test(part)) ?? ''
  const places = after.filter(part => part !== out.district)
  out.city = places[0] ?? ''
  out.province = places.length > 1 ? (places.at(-1) ?? '') : ''
  out.rest = at > 0 ? parts.slice(0, at).join(' ') : ''
  return out
}

export function readAddress(raw: string): Address {
  if (raw.trim() === '') return EMPTY
  return hasHan(raw) ? readChinese(raw) : readWestern(raw)
}
