/** A scorecard as a terminal shows it. */
import { textTable } from '../../../platform/cli/table.ts'
import type { Lang } from '../../../platform/errors.ts'
import { type Text, textIn } from '../../../platform/text.ts'
import type { FileQuality } from './command.ts'
import type { Fault } from './judge-value.ts'
import type { Contradiction } from './profile.ts'
import { PART_WEIGHT, type Part } from './score.ts'

const PARTS: Record<Part, Text> = {
  completeness: { en: 'completeness', zh: '完整性' },
  validity: { en: 'validity', zh: '有效性' },
  uniqueness: { en: 'uniqueness', zh: '唯一性' },
  consistency: { en: 'consistency', zh: '一致性' },
}
const FAULTS: Record<Fault, Text> = {
  placeholder: { en: 'made up', zh: '虚假填写' },
  form: { en: 'wrong form', zh: '格式错误' },
  checksum: { en: 'wrong check digit', zh: '校验位错误' },
  range: { en: 'out of range', zh: '超出范围' },
}
const CHECKS: Record<Contradiction['check'], Text> = {
  'birth-date-against-id': { en: 'birth date against ID number', zh: '出生日期与证件号码' },
  'gender-against-id': { en: 'gender against ID number', zh: '性别与证件号码' },
  'postcode-against-province': { en: 'postcode against province', zh: '邮政编码与省份' },
}
const ROLES: Record<string, Text> = {
  'full-name': { en: 'name', zh: '姓名' },
  surname: { en: 'surname', zh: '姓' },
  'given-name': { en: 'given name', zh: '名' },
  organisation: { en: 'organisation', zh: '单位' },
  email: { en: 'e-mail', zh: '邮箱' },
  phone: { en: 'telephone', zh: '电话' },
  'birth-date': { en: 'birth date', zh: '出生日期' },
  'id-number': { en: 'ID number', zh: '证件号码' },
  'tax-code': { en: 'company code', zh: '企业代码' },
  account: { en: 'account', zh: '账号' },
  gender: { en: 'gender', zh: '性别' },
  address: { en: 'address', zh: '地址' },
  street: { en: 'street', zh: '街道' },
  'street-number': { en: 'house number', zh: '门牌号' },
  locality: { en: 'locality', zh: '地点' },
  city: { en: 'city', zh: '城市' },
  province: { en: 'province', zh: '省份' },
  postcode: { en: 'postcode', zh: '邮编' },
  country: { en: 'country', zh: '国家' },
  text: { en: 'text', zh: '文本' },
  ignore: { en: '–', zh: '–' },
}

const share = (value: number | null): string => (value === null ? '' : `${(100 * value).toFixed(1)} %`)
/** Long cells are cut, and what would move the cursor is taken out. */
const cell = (value: string): string => {
  const clean = value.replace(/[\p{Cc}\p{Cf}]/gu, ' ')
  return clean.length > 40 ? `${clean.slice(0, 39)}…` : clean
}

export function inWords(file: FileQuality, lang: Lang): string {
  const say = (text: Text): string => textIn(text, lang)
  const { parts, overall } = file.score
  const head = [
    { en: 'field', zh: '字段' },
    { en: 'is', zh: '识别为' },
    { en: 'filled', zh: '已填' },
    { en: 'valid', zh: '有效' },
    { en: 'distinct', zh: '不同值' },
  ].map(say)
  const rows = file.fields.map(field => [
    cell(field.field),
    say(ROLES[field.role] ?? { en: field.role, zh: field.role }),
    share(field.records === 0 ? null : field.filled / field.records),
    share(field.valid === null || field.filled === 0 ? null : field.valid / field.filled),
    String(field.distinct),
  ])
  const measured = (Object.keys(PARTS) as Part[]).filter(part => parts[part] !== null)
  const total = measured.reduce((sum, part) => sum + PART_WEIGHT[part], 0)
  const how = measured
    .map(part => `${say(PARTS[part])} ${share(parts[part])} × ${PART_WEIGHT[part]}/${total}`)
    .join(' + ')
  const duplicates =
    file.duplicates === null
      ? ''
      : say({ en: `, about ${file.duplicates} duplicates`, zh: `，估计重复 ${file.duplicates} 条` })
  const rejected =
    file.rejected === 0
      ? ''
      : say({ en: `, ${file.rejected} rows that cannot be read`, zh: `，${file.rejected} 行无法读取` })
  const faults = file.fields.flatMap(field =>
    field.examples.map(
      example =>
        `  ${say({ en: 'line', zh: '第' })} ${example.line}${say({ en: '', zh: ' 行' })}  ${cell(field.field)}: ${cell(example.value)}  (${say(FAULTS[example.fault])})`,
    ),
  )
  const against = file.contradictions
    .filter(({ failed }) => failed > 0)
    .flatMap(({ check, failed, checked, examples }) => [
      `  ${say(CHECKS[check])}: ${failed} / ${checked}`,
      ...examples.map(
        ({ line, value }) =>
          `    ${say({ en: 'line', zh: '第' })} ${line}${say({ en: '', zh: ' 行' })}  ${cell(value)}`,
      ),
    ])
  return [
    file.file,
    say({
      en: `score ${overall.toFixed(1)} of 100 = ${how}`,
      zh: `评分 ${overall.toFixed(1)}（满分 100）= ${how}`,
    }),
    `${file.records} ${say({ en: 'records', zh: '条记录' })}${duplicates}${rejected}`,
    '',
    textTable(head, rows),
    ...(faults.length > 0 ? ['', say({ en: 'values that cannot be', zh: '不可能的值' }), ...faults] : []),
    ...(against.length > 0 ? ['', say({ en: 'contradictions', zh: '相互矛盾' }), ...against] : []),
  ].join('\n')
}
