/** The rules by which a row is refused at import, with what people read. {value} and {column} are filled in. */
import type { Text } from '../../platform/text.ts'
import type { Mapping } from '../mapping.ts'

export const REFUSALS = {
  columns: {
    en: 'The row has {value} columns where the header has {column}.',
    zh: '该行有 {value} 列，而表头有 {column} 列。',
  },
  quote: { en: 'A quotation mark is opened and never closed.', zh: '引号没有闭合。' },
  'too-long': { en: 'The row is longer than {column} characters.', zh: '该行超过 {column} 个字符。' },
  nul: { en: 'The row holds a NUL character.', zh: '该行含有空字符（NUL）。' },
  encoding: {
    en: 'The row holds bytes or signs that are no text in the encoding of the file.',
    zh: '该行含有不符合文件编码的字节或字符。',
  },
  'cell-error': {
    en: '"{column}" holds an error of the workbook ({value}).',
    zh: '“{column}”是工作表错误值（{value}）。',
  },
  formula: {
    en: '"{column}" holds a formula whose result was never saved.',
    zh: '“{column}”是公式，但文件中没有保存计算结果。',
  },
  vcard: { en: 'The card is broken: {value}.', zh: '名片格式有误：{value}。' },
  json: { en: 'The line is not a JSON object.', zh: '该行不是有效的 JSON 对象。' },
  missing: { en: '"{column}" is empty, but a row needs it.', zh: '“{column}”为空，但该列必填。' },
  date: { en: '"{value}" in "{column}" is not a date that exists.', zh: '“{column}”中的“{value}”不是存在的日期。' },
  time: {
    en: '"{value}" in "{column}" is not a point in time that exists.',
    zh: '“{column}”中的“{value}”不是有效的时间。',
  },
  future: { en: '"{value}" in "{column}" lies in the future.', zh: '“{column}”中的“{value}”晚于当前日期。' },
  number: {
    en: '"{value}" in "{column}" is not a number that fits.',
    zh: '“{column}”中的“{value}”不是有效的数值或超出范围。',
  },
  range: { en: '"{value}" in "{column}" is outside its range.', zh: '“{column}”中的“{value}”超出允许范围。' },
  'yes-no': {
    en: '"{value}" in "{column}" is neither yes nor no.',
    zh: '“{column}”中的“{value}”既不是“是”也不是“否”。',
  },
  nobody: {
    en: 'The row names nobody: no name, number, e-mail or telephone.',
    zh: '该行无法识别客户：没有姓名、证件号、邮箱或电话。',
  },
  erased: {
    en: 'The row is of a person whose data were erased on request. Nothing of it was kept.',
    zh: '该行属于已按请求删除数据的客户，未保留其任何内容。',
  },
} satisfies Record<string, Text>

export type Rule = keyof typeof REFUSALS

export interface BadRow {
  rowNo: number
  /** Header of the column, '' when the whole row is meant. */
  column: string
  value: string
  rule: Rule
  /** The row as it stood, cut to a size a person can read. */
  raw: string
}

/** A row as JSON, its cells under their headers; cells beyond the last header are called #8, #9, … */
export function rawOf(headers: readonly string[], cells: readonly string[]): string {
  const row: Record<string, string> = {}
  for (let c = 0; c < Math.max(headers.length, cells.length); c++) row[headers[c] ?? `#${c + 1}`] = cells[c] ?? ''
  return JSON.stringify(row)
}

/** A row whose values cannot be kept as they are: NUL ends texts in other systems, half a surrogate pair is no character. */
export function quarantinable(rowNo: number, mapping: Mapping, values: readonly string[]): BadRow | null {
  const at = values.findIndex(value => value.includes('\0') || !value.isWellFormed())
  if (at < 0) return null
  const headers = mapping.columns.map(column => column.header)
  const rule = values[at]!.includes('\0') ? 'nul' : 'encoding'
  return { rowNo, column: headers[at]!, value: '', rule, raw: cut(rawOf(headers, values)) }
}

export const cut = (text: string, length = 2000): string => (text.length > length ? `${text.slice(0, length)}…` : text)

export function messageOf(bad: Pick<BadRow, 'rule' | 'column' | 'value'>): Text {
  const fill = (text: string) => text.replace('{column}', bad.column).replace('{value}', cut(bad.value, 80))
  return { en: fill(REFUSALS[bad.rule].en), zh: fill(REFUSALS[bad.rule].zh) }
}
