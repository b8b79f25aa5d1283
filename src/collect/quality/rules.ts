/**
 * Quality rules as data: which field, where the rule applies, when a value fails, how bad that is and what people read.
 * `applies` and `fails` are SQL over one source record; the checks themselves run in the engine, all rules in one scan.
 */
import type { Text } from '../../platform/text.ts'

export interface QualityRule {
  field: string
  rule: string
  severity: 'error' | 'warning' | 'info'
  message: Text
  applies: string
  fails: string
  /** What is shown of a failing row. */
  value: string
}

const filled = (field: string): string => `${field} != ''`

/** E.164; of Chinese numbers only ranges in use (MIIT numbering plan). */
export const validPhone = (field: string): string =>
  `if(startsWith(${field}, '+86'),
      match(${field}, '^\\\\+86(1(3\\\\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\\\\d|9[0-35-9])\\\\d{8}|(10|2[0-57-9]|[3-9]\\\\d{2})[2-8]\\\\d{6,7})$'),
      match(${field}, '^\\\\+[1-79]\\\\d{7,14}$'))`

export const validEmail = (field: string): string =>
  `match(${field}, '^[^@\\\\s"(),:;<>\\\\[\\\\\\\\\\\\]]+@([\\\\p{L}\\\\d]([\\\\p{L}\\\\d-]*[\\\\p{L}\\\\d])?\\\\.)+[\\\\p{L}][\\\\p{L}\\\\d-]*[\\\\p{L}\\\\d]$') AND NOT match(${field}, '\\\\.\\\\.|^\\\\.|\\\\.@')`

/** GB 11643-1999: 17 digits and the check sign of ISO 7064 MOD 11-2. */
export const validResidentId = (field: string): string =>
  `(match(${field}, '^\\\\d{17}[\\\\dX]$') AND substring('10X98765432', toUInt8(arraySum((sign, weight) -> toUInt32OrZero(sign) * weight,
      arrayMap(i -> substring(${field}, i, 1), range(1, 18)), [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11) + 1, 1) = substring(${field}, 18, 1))`

/** GB 32100-2015: 17 signs of a 31-letter alphabet and a check sign modulo 31. */
export const validCreditCode = (field: string): string =>
  `(match(${field}, '^[0-9A-HJ-NPQRTUWXY]{18}$') AND substring('0123456789ABCDEFGHJKLMNPQRTUWXY', toUInt8((31 - arraySum((sign, weight) ->
      (position('0123456789ABCDEFGHJKLMNPQRTUWXY', sign) - 1) * weight, arrayMap(i -> substring(${field}, i, 1), range(1, 18)),
      [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]) % 31) % 31) + 1, 1) = substring(${field}, 18, 1))`

export const validPostcode = `multiIf(
    country = 'CN', match(postcode, '^(0[1-7]|[1-8]\\\\d)\\\\d{4}$') AND postcode != '000000',
    country = 'GB', match(postcode, '^[A-Z]{1,2}\\\\d[A-Z\\\\d]? ?\\\\d[A-Z]{2}$'),
    true)`

const PERSON = "kind = 'person'"

export const QUALITY_RULES: readonly QualityRule[] = [
  {
    field: 'full_name',
    rule: 'complete',
    severity: 'error',
    applies: 'true',
    fails: "full_name = ''",
    value: 'full_name',
    message: { en: 'The name is missing.', zh: '缺少姓名。' },
  },
  {
    field: 'contact',
    rule: 'complete',
    severity: 'error',
    applies: 'true',
    value: "''",
    fails: "mobile = '' AND mobile2 = '' AND landline = '' AND email = ''",
    message: { en: 'Neither telephone nor e-mail is known.', zh: '既没有电话也没有邮箱。' },
  },
  {
    field: 'birth_date',
    rule: 'complete',
    severity: 'info',
    applies: PERSON,
    fails: 'isNull(birth_date)',
    value: "''",
    message: { en: 'The birth date is missing.', zh: '缺少出生日期。' },
  },
  {
    field: 'address',
    rule: 'complete',
    severity: 'warning',
    applies: 'true',
    fails: "street = ''",
    value: "''",
    message: { en: 'The address is missing.', zh: '缺少地址。' },
  },
  {
    field: 'postcode',
    rule: 'complete',
    severity: 'info',
    applies: filled('street'),
    fails: "postcode = ''",
    value: 'street',
    message: { en: 'The address has no postcode.', zh: '地址缺少邮政编码。' },
  },
  ...(['mobile', 'mobile2', 'landline'] as const).map(
    (field): QualityRule => ({
      field,
      rule: 'phone',
      severity: 'error',
      applies: filled(field),
      fails: `NOT (${validPhone(field)})`,
      value: field,
      message: { en: 'This cannot be a telephone number.', zh: '不是有效的电话号码。' },
    }),
  ),
  {
    field: 'email',
    rule: 'email',
    severity: 'error',
    applies: filled('email'),
    fails: `NOT (${validEmail('email')})`,
    value: 'email',
    message: { en: 'This cannot be an e-mail address.', zh: '不是有效的邮箱地址。' },
  },
  {
    field: 'id_number',
    rule: 'checksum',
    severity: 'error',
    applies: filled('id_number'),
    value: 'id_number',
    fails: `length(id_number) = 18 AND NOT ${validResidentId('id_number')}`,
    message: { en: 'The check digit of the identity number is wrong.', zh: '身份证号码校验位错误。' },
  },
  {
    field: 'id_number',
    rule: 'birth',
    severity: 'error',
    value: 'id_number',
    applies: "match(id_number, '^\\\\d{17}[\\\\dX]$') AND isNotNull(birth_date)",
    fails: "substring(id_number, 7, 8) != replaceAll(toString(birth_date), '-', '')",
    message: { en: 'Birth date and identity number contradict each other.', zh: '出生日期与身份证号码不一致。' },
  },
  {
    field: 'id_number',
    rule: 'gender',
    severity: 'warning',
    value: 'id_number',
    applies: "match(id_number, '^\\\\d{17}[\\\\dX]$') AND gender != ''",
    fails: "(toUInt8OrZero(substring(id_number, 17, 1)) % 2 = 1) != (gender = 'm')",
    message: { en: 'Gender and identity number contradict each other.', zh: '性别与身份证号码不一致。' },
  },
  {
    field: 'org_code',
    rule: 'checksum',
    severity: 'error',
    applies: filled('org_code'),
    fails: `NOT ${validCreditCode('org_code')}`,
    value: 'org_code',
    message: { en: 'The check sign of the unified social credit code is wrong.', zh: '统一社会信用代码校验位错误。' },
  },
  {
    field: 'postcode',
    rule: 'postcode',
    severity: 'warning',
    applies: filled('postcode'),
    fails: `NOT ${validPostcode}`,
    value: 'postcode',
    message: { en: 'There is no such postcode in this country.', zh: '该国家没有这样的邮政编码。' },
  },
  {
    field: 'birth_date',
    rule: 'date',
    severity: 'warning',
    applies: 'isNotNull(birth_date)',
    value: 'toString(birth_date)',
    fails: "dateDiff('year', assumeNotNull(birth_date), toDate32({as_of:String})) NOT BETWEEN 0 AND 110",
    message: {
      en: 'With this birth date the person would be over 110 or not yet born.',
      zh: '按此出生日期，客户年龄超过 110 岁或尚未出生。',
    },
  },
  {
    field: 'address',
    rule: 'address',
    severity: 'warning',
    applies: filled('street'),
    fails: "NOT match(street, '\\\\d|[一二三四五六七八九十百]+号')",
    value: 'street',
    message: { en: 'The address has no house number.', zh: '地址没有门牌号。' },
  },
  {
    field: 'updated_at',
    rule: 'order',
    severity: 'warning',
    applies: 'isNotNull(updated_at) AND isNotNull(created_at)',
    fails: 'updated_at < created_at',
    value: 'toString(updated_at)',
    message: { en: 'Changed before it was created.', zh: '更新时间早于创建时间。' },
  },
  {
    field: 'updated_at',
    rule: 'fresh',
    severity: 'info',
    applies: 'isNotNull(updated_at)',
    value: 'toString(updated_at)',
    fails: "updated_at < toDateTime({as_of:String}, 'UTC') - INTERVAL 3 YEAR",
    message: { en: 'Not touched for three years.', zh: '超过三年没有更新。' },
  },
]

export const ruleOf = (field: string, rule: string): QualityRule | undefined =>
  QUALITY_RULES.find(candidate => candidate.field === field && candidate.rule === rule)
