/** What a column of a people file is, told by its values alone; undefined where they could be anything. */
import { readDate } from '../standardise/date.ts'
import { readEmail } from '../standardise/email.ts'
import { readGender } from '../standardise/gender.ts'
import { readIdNumber } from '../standardise/id-number.ts'
import { looksLikeOrganisation } from '../standardise/organisation.ts'
import { readPhone } from '../standardise/phone.ts'
import { COMPOUND_SURNAMES, isSurname } from '../standardise/surnames.ts'
import { simplify } from '../standardise/text.ts'

/** At least this share of the filled values must read so, of three at least. */
const SHARE = 0.8
const LEAST = 3

const DIVISION = /^[\p{Script=Han}]{2,8}$/u
const PROVINCE =
  /^(北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(省|市|.*自治区|特别行政区)?$/

function isHanName(value: string): boolean {
  const name = simplify(value)
  return /^\p{Script=Han}{2,4}$/u.test(name) && (isSurname(name[0]!) || COMPOUND_SURNAMES.has(name.slice(0, 2)))
}

/** A grown person's or a child's: later dates are of a contract or a visit. */
function isBirth(value: string): boolean {
  const year = Math.floor(readDate(value).ymd / 10_000)
  return year >= 1900 && year <= 2012
}

/** A street or a village with a number: 人民南路四段12号. */
const isAddress = (value: string): boolean =>
  value.length >= 6 && /\p{Script=Han}.*[路街巷道村弄里号栋幢室]/u.test(value) && /[\d一二三四五六七八九十]/.test(value)

/** The narrower first: an 18-digit identity number could be read as a telephone number, not the other way round. */
const TESTS: [field: string, test: (value: string) => boolean][] = [
  ['email', value => readEmail(value).valid],
  ['org_code', value => readIdNumber(value).kind === 'credit-code'],
  ['id_number', value => readIdNumber(value).kind === 'resident'],
  ['mobile', value => readPhone(value).kind === 'mobile'],
  ['landline', value => readPhone(value).valid && /^[(（]?0\d{2,3}/.test(value)],
  ['gender', value => readGender(value) !== ''],
  ['province', value => PROVINCE.test(value)],
  ['district', value => DIVISION.test(value) && /[区县旗]$/.test(value)],
  ['city', value => DIVISION.test(value) && /(市|州|地区|盟)$/.test(value)],
  ['organisation', value => looksLikeOrganisation(value)],
  ['street', isAddress],
  ['full_name', isHanName],
]

export function fieldByValues(values: readonly string[]): string | undefined {
  const filled = values.map(value => value.trim()).filter(value => value !== '')
  if (filled.length < LEAST) return undefined
  const share = (test: (value: string) => boolean) => filled.filter(test).length / filled.length
  const found = TESTS.find(([, test]) => share(test) >= SHARE)?.[0]
  // Birthdays differ; one date over and over is the day of an export.
  if (!found && share(isBirth) >= SHARE && new Set(filled).size > filled.length / 2) return 'birth_date'
  return found
}
