import { preferencesOf } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { type Language, messageLanguages } from '../compose/languages.ts'

/** Who a message goes to, from the golden record. */
export interface Contact {
  customerId: number
  kind: string
  name: string
  /** What the customer asked for, else what the records say, else what is written where they live. */
  language: Language
  salutation: string
  email: string
  mobile: string
  phone: string
  postcode: string
  /** Lines of the postal address without name and postcode; none when it would not reach. */
  address: string[]
  account: string
}

const CONTACTS_SQL = `
SELECT
  customer_id, toString(kind) AS kind, name, family_name, name_pinyin, toString(gender) AS gender, mobile, landline, email,
  toString(country) AS country, toString(province) AS province, toString(city) AS city, toString(district) AS district,
  street, postcode, toString(language) AS language, contact_person, if(empty(accounts), '', accounts[1]) AS account
FROM golden_records
WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)}`

type GoldenRow = Record<
  | 'kind'
  | 'name'
  | 'family_name'
  | 'name_pinyin'
  | 'gender'
  | 'mobile'
  | 'landline'
  | 'email'
  | 'country'
  | 'province'
  | 'city'
  | 'district'
  | 'street'
  | 'postcode'
  | 'language'
  | 'contact_person'
  | 'account',
  string
> & { customer_id: number }

export async function contacts(
  app: Pick<App, 'facts' | 'workflow'>,
  identityRun: number,
  ids: number[],
): Promise<Map<number, Contact>> {
  const [rows, wishes] = await Promise.all([
    app.facts.query<GoldenRow>(CONTACTS_SQL, { identityRun, ids }),
    preferencesOf(app, identityRun, ids),
  ])
  return new Map(rows.map(row => [row.customer_id, contactOf(row, wishes.get(row.customer_id)?.language)]))
}

/** Where Chinese is written in traditional characters. */
const TRADITIONAL = new Set(['TW', 'HK', 'MO'])

function languageOf({ language, country }: GoldenRow, asked: string | undefined): Language {
  const stated = messageLanguages.find(each => each === asked)
  if (stated) return stated
  const recorded = messageLanguages.find(each => each === language) ?? 'zh-CN'
  return recorded === 'zh-CN' && TRADITIONAL.has(country) ? 'zh-TW' : recorded
}

function contactOf(row: GoldenRow, asked: string | undefined): Contact {
  const language = languageOf(row, asked)
  return {
    customerId: row.customer_id,
    kind: row.kind,
    name: row.name,
    language,
    salutation: salutation(row, language),
    email: row.email,
    mobile: row.mobile,
    phone: row.mobile || row.landline,
    postcode: row.postcode,
    address: addressLines(row),
    account: row.account,
  }
}

const han = /\p{Script=Han}/u

/** 先生 and 女士 follow the name; Mr and Ms stand before the family name, in Latin letters. */
function salutation(row: GoldenRow, language: Language): string {
  if (row.kind !== 'person' || (row.gender !== 'm' && row.gender !== 'f')) return ''
  if (language !== 'en') return row.gender === 'm' ? '先生' : '女士'
  const family = han.test(row.family_name) ? (row.name_pinyin.split(' ')[0] ?? '') : row.family_name
  if (family === '') return ''
  return `${row.gender === 'm' ? 'Mr' : 'Ms'} ${family.charAt(0).toUpperCase()}${family.slice(1)}`
}

/** China writes from the large to the small, on one line each; others from the street to the town. */
function addressLines({ country, province, city, district, street, postcode }: GoldenRow): string[] {
  if (street === '' || (city === '' && postcode === '')) return []
  const chinese = country === 'CN' || han.test(street)
  const town = province === city ? city : province + city
  const lines = chinese
    ? [town + district, ...widths(compact(street))]
    : [...street.split(/\s*,\s*/), district, city, province === city ? '' : province]
  return lines.filter(line => line !== '').slice(0, 6)
}

/** Chinese runs on without spaces; as keyed in, spaces and commas stand anywhere. */
const compact = (street: string): string => (/[A-Za-z]{2}/.test(street) ? street : street.replace(/[\s,，]+/g, ''))

/** A window shows 85 mm: 24 Chinese characters. */
const widths = (street: string): string[] =>
  street.length <= 24 ? [street] : [street.slice(0, 24), street.slice(24, 48)]
