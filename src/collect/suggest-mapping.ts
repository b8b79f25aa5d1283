/**
 * A mapping proposed from headers (Chinese and English synonyms) and, where they say nothing, from values. What cannot be
 * told is kept in the raw row and ignored otherwise; a person looks at the proposal before it is saved.
 */
import type { SampleColumn } from './importers/importer.ts'
import { CHANNELS, type MappedColumn, type SourceKind } from './mapping.ts'
import { readDate } from './standardise/date.ts'
import { readEmail } from './standardise/email.ts'
import { readIdNumber } from './standardise/id-number.ts'
import { readPhone } from './standardise/phone.ts'
import { foldText } from './standardise/text.ts'

/** Headers are compared without case, spaces, signs and words in brackets: "E-mail " = "email". */
export const headerKey = (header: string): string =>
  foldText(header)
    .replace(/\(.*?\)|（.*?）/g, '')
    .replace(/[^\p{L}\p{N}.]/gu, '')

type Synonyms = [field: string, pattern: RegExp][]

const PEOPLE: Synonyms = [
  ['consent.sms', /短信.*(同意|许可)|(ok|agree|consent|optin).*(text|sms)|sms.*(consent|optin)/],
  ['consent.email', /(邮件|邮箱).*(同意|许可)|(ok|agree|consent|optin).*mail|email.*(consent|optin)/],
  ['consent.call', /(电话|致电).*(同意|许可)|(ok|agree|consent|optin).*(call|phone)|(call|phone).*(consent|optin)/],
  ['consent.letter', /(信函|信件|邮寄).*(同意|许可)|(ok|agree|consent|optin).*(post|letter)|post.*(consent|optin)/],
  ['consent.at', /同意日期|consentdate|consentat/],
  ['consents', /^consents$/],
  ['account_no', /会员(卡)?号|卡号|memberno|membernumber|customerno|customernumber|loyaltyno|accountno/],
  ['row_key', /客户编号|^编号$|^(account|row|record|customer|user)?id$|^ref(erence)?$|^key$/],
  ['kind', /客户类型|accounttype|customertype/],
  ['contact_person', /联系人|contactperson|contactname/],
  ['organisation', /企业名|公司|单位|company|organi[sz]ation/],
  ['family_name', /^姓$|姓氏|familyname|lastname|surname/],
  ['given_name', /^名$|名字|givenname|firstname|forename/],
  ['full_name', /姓名|名称|^(full|display|customer)?name$/],
  ['gender', /性别|gender|^sex$/],
  ['birth_date', /出生|生日|birth|^dob$/],
  ['org_code', /信用代码|税号|creditcode|taxcode|vatno/],
  ['id_number', /证件|身份证|护照|idcard|idnumber|nationalid|passport|socsecid|ssn/],
  ['mobile2', /备用(手机|电话)|tel2|mobile2|phone2/],
  ['landline', /固定电话|座机|landline|homephone|officephone/],
  ['mobile', /手机|移动电话|联系电话|^电话$|mobile|cell|^tel1?$|^phone1?$|telephone/],
  ['email', /邮箱|电子邮件|e?mail$|emailaddress/],
  ['postcode', /邮编|邮政编码|post(al)?code|^zip/],
  ['address2', /备用地址|address2|deliveryaddress$/],
  ['country', /国家|country/],
  ['province', /^省|province|^state$/],
  ['district', /区县|^区$|district/],
  ['city', /^市$|城市|^city$|town|address.city/],
  ['street', /详细地址|街道|street|line1|^address$|^地址$|住址/],
  ['language', /语言|language|locale/],
  ['created_at', /建档|创建|created|firstcontact|registered/],
  ['updated_at', /更新|修改|updated|modified|lastcontact/],
]

const SALES: Synonyms = [
  ['invoice', /发票|单号|订单号|invoice(no|number)?$|^order(no|id)?$/],
  ['line', /^行(号)?$|^line(no)?$/],
  ['product_code', /商品(编码|编号|代码)|货号|stockcode|productcode|sku|productid/],
  ['description', /商品名|描述|description/],
  ['quantity', /数量|quantity|^qty$/],
  ['unit_price', /单价|unitprice|^price$/],
  ['sold_at', /日期|时间|invoicedate|orderdate|soldat|^date$|timestamp/],
  ['account_no', /会员|客户(编号|号)|customer(id|no)?$|memberno|accountno/],
  ['country', /国家|country/],
  ['currency', /币种|currency/],
]

const PRODUCTS: Synonyms = [
  ['product_code', /编码|编号|货号|stockcode|productcode|sku|^code$/],
  ['name_zh', /中文名|namezh/],
  ['name_en', /英文名|nameen|^name$|^description$/],
  ['category_zh', /categoryzh|中文分类/],
  ['category_en', /categoryen|英文分类/],
  ['category', /^分类|类别|category(code)?$/],
  ['product_kind', /^kind$|^type$|类型/],
  ['list_price', /价格|售价|listprice|^price$/],
  ['unit_cost', /成本|cost/],
  ['currency', /币种|currency/],
]

const ATTRIBUTES: Synonyms = [
  ['row_key', /answerid|^id$/],
  ['account_no', /customerno|memberno|会员/],
  ['email', /e?mail$|邮箱/],
  ['phone', /phone|mobile|手机|电话/],
  ['postcode', /postcode|邮编/],
  ['country', /country|国家/],
  ['at', /answeredon|^asof$|^date$|日期/],
]

const SYNONYMS: Record<SourceKind, Synonyms> = {
  people: PEOPLE,
  sales: SALES,
  products: PRODUCTS,
  attributes: ATTRIBUTES,
}

function byValues(values: string[]): string {
  const filled = values.filter(value => value.trim() !== '')
  const share = (test: (value: string) => boolean) => filled.filter(test).length / Math.max(1, filled.length)
  if (filled.length < 3) return 'ignore'
  if (share(value => readEmail(value).valid) > 0.8) return 'email'
  if (share(value => readIdNumber(value).kind === 'resident') > 0.8) return 'id_number'
  if (share(value => readDate(value).ymd > 0) > 0.8) return 'ignore'
  return share(value => readPhone(value).kind === 'mobile') > 0.8 ? 'mobile' : 'ignore'
}

/** Which kind of file it is: sales have amounts and products, a catalogue has products without amounts, people have names. */
export function suggestKind(columns: SampleColumn[]): SourceKind {
  const fields = new Set(
    columns.flatMap(column => SALES.filter(([, p]) => p.test(headerKey(column.header))).map(([f]) => f)),
  )
  if (fields.has('product_code')) return fields.has('invoice') && fields.has('quantity') ? 'sales' : 'products'
  const people = suggestColumns('people', columns).map(column => column.field)
  return people.some(field => field.endsWith('_name') || field === 'mobile' || field === 'email') &&
    !people.includes('ignore_all')
    ? 'people'
    : 'attributes'
}

export function suggestColumns(kind: SourceKind, columns: SampleColumn[]): MappedColumn[] {
  const taken = new Set<string>()
  return columns.map(({ header, values }) => {
    const key = headerKey(header)
    let field = SYNONYMS[kind].find(([name, pattern]) => pattern.test(key) && !taken.has(name))?.[0]
    if (!field && kind === 'attributes') field = `attribute:${key}`
    if (!field && kind === 'people') field = byValues(values)
    if (!field || (taken.has(field) && field !== 'ignore')) field = 'ignore'
    taken.add(field)
    return { header, field, required: false }
  })
}

export const consentFields = CHANNELS.map(channel => `consent.${channel}`)
