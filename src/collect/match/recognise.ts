/**
 * Which column is which: by its header (Chinese and English synonyms), and where the header says nothing by its values.
 * A column of labels (cluster, entity, truth) or of row numbers is no evidence of who somebody is and is ignored.
 */
import { readDate } from '../standardise/date.ts'
import { readEmail } from '../standardise/email.ts'
import { readIdNumber } from '../standardise/id-number.ts'
import { readPhone } from '../standardise/phone.ts'
import { foldText } from '../standardise/text.ts'
import type { Role } from './roles.ts'

const HEADERS: [Role, RegExp][] = [
  ['ignore', /^(cluster|entity|label|truth|match|group)(s|_?id)?$|^person_?id$|真值/],
  ['organisation', /compan|organi[sz]ation|employer|firm|单位|公司|企业名/],
  ['account', /member|customer_?(no|number|nr)|card_?no|loyalty|会员(卡)?号|会员卡|客户号$/],
  ['id-number', /id_?card|id_?number|national_?id|soc(ial)?_?sec|^ssn|passport|identity|证件|身份证|护照/],
  ['email', /e_?mail|mail_?addr|邮箱|电子邮件/],
  ['phone', /phone|mobile|cell|^tel|telephone|手机|电话|联系方式/],
  ['birth-date', /birth|^dob|出生|生日/],
  ['gender', /^(gender|sex)$|性别/],
  ['given-name', /(given|first|fore)_?name|^fname|^given$|^名$|名字/],
  ['surname', /sur_?name|(last|family)_?name|^lname|^family$|^姓$|姓氏/],
  ['full-name', /^(full_?|display_?|customer_?|person_?)?name$|姓名|^名称$|客户名称/],
  ['postcode', /post_?code|^zip|zip_?code|邮编|邮政编码/],
  ['country', /country|nation|国家/],
  ['province', /state|province|county|region|^省/],
  ['street-number', /street_?(no|num|nr|number)|house_?(no|num|nr|number)|门牌/],
  ['city', /city|town|suburb|^市$|城市|district|区县/],
  ['locality', /address_?2|addr2|line_?2|locality|neighbou?rhood/],
  ['street', /address_?1|addr1|line_?1|street/],
  ['address', /address|^addr|地址|住址/],
]

const normal = (header: string): string =>
  foldText(header)
    .replace(/[\s.\-/]+/g, '_')
    .replace(/^_+|_+$/g, '')

/** At least this share of the filled values must read as the kind for the values alone to decide. */
const SHARE = 0.8

function byValues(sample: string[]): Role {
  const filled = sample.filter(value => value.trim() !== '')
  if (filled.length === 0) return 'ignore'
  const share = (test: (value: string) => boolean) => filled.filter(test).length / filled.length
  if (share(value => readEmail(value).valid) >= SHARE) return 'email'
  if (share(value => readIdNumber(value).kind === 'resident') >= SHARE) return 'id-number'
  if (share(value => readDate(value).ymd > 0 && !/^\d{8}$/.test(value)) >= SHARE) return 'birth-date'
  if (share(value => readPhone(value).valid) >= SHARE) return 'phone'
  if (share(value => /^[\d.,\s-]*$/.test(value)) >= SHARE) return 'ignore'
  return 'text'
}

/** The role of each header; `sample` gives some values of the column. */
export function recogniseColumns(headers: string[], sample: (column: number) => string[]): Role[] {
  return headers.map((header, column) => {
    const name = normal(header)
    for (const [role, pattern] of HEADERS) if (pattern.test(name)) return role
    if (/(^|_)id$|^(id|ref|key|row|no|nr)(_|$)|编号/.test(name)) return 'ignore'
    return byValues(sample(column))
  })
}
