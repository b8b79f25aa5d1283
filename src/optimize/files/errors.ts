import { defineErrors, type ErrorSpec } from '../../platform/errors.ts'

const bad = (en: string, zh: string): ErrorSpec => ({ status: 400, en, zh })
const cell = (en: string, zh: string): ErrorSpec =>
  bad(`{file}, row {row}, column {column}: "{value}" ${en}.`, `{file} 第 {row} 行，列 {column}：“{value}”${zh}。`)

export const fileErrors = defineErrors({
  'optimize.file-missing': bad('{file} is missing or cannot be read.', '{file} 不存在或无法读取。'),
  'optimize.parquet-broken': bad(
    '{file} cannot be read as a Parquet file: {reason}.',
    '{file} 无法作为 Parquet 文件读取：{reason}。',
  ),
  'optimize.gzip-broken': bad(
    '{file} is no whole gzip file: it breaks off near row {row}.',
    '{file} 不是完整的 gzip 文件：在第 {row} 行附近中断。',
  ),
  'optimize.file-unwritable': bad('{file} cannot be written.', '{file} 无法写入。'),
  'optimize.file-empty': bad('{file} is empty.', '{file} 为空。'),
  'optimize.no-options': bad('{file} holds no options.', '{file} 中没有任何选项。'),
  'optimize.not-text': bad('{file}: row {row} is not UTF-8 text.', '{file} 第 {row} 行不是 UTF-8 文本。'),
  'optimize.row-too-long': bad('{file}: row {row} is longer than 4 MB.', '{file} 第 {row} 行超过 4 MB。'),
  'optimize.limits-header': bad(
    '{file}: the header must be resource,max[,min].',
    '{file}：表头应为 resource,max[,min]。',
  ),
  'optimize.no-column': bad('{file}: there is no column "{column}".', '{file}：缺少列“{column}”。'),
  'optimize.column-twice': bad('{file}: the column "{column}" is there twice.', '{file}：列“{column}”重复。'),
  'optimize.column-unknown': bad(
    '{file}: the column "{column}" is none of customer, option, value, use:….',
    '{file}：列“{column}”不是 customer、option、value 或 use:…。',
  ),
  'optimize.resource-unknown': bad(
    '{file}: the column "{column}" names a resource that is not in resources.csv.',
    '{file}：列“{column}”对应的资源不在 resources.csv 中。',
  ),
  'optimize.row-fields': bad(
    '{file}: row {row} has {got} fields, the header {want}.',
    '{file} 第 {row} 行有 {got} 个字段，表头有 {want} 个。',
  ),
  'optimize.cell-empty': cell('is empty', '为空'),
  'optimize.cell-not-number': cell('is not a number', '不是数字'),
  'optimize.cell-negative': cell('is negative', '为负数'),
  'optimize.cell-too-large': cell('is beyond ±1e15', '超出 ±1e15'),
  'optimize.resource-twice': cell('is already given above', '在前面已经出现'),
  'optimize.minimum-above-maximum': cell('is above the maximum {max}', '大于上限 {max}'),
  'optimize.same-option-twice': bad(
    '{file}, row {row}: customer "{customer}" already has option "{option}" in row {first}.',
    '{file} 第 {row} 行：客户“{customer}”的选项“{option}”已在第 {first} 行出现。',
  ),
  'optimize.too-many-bundles': bad(
    'The conflicts leave too many combinations for customer "{customer}" (more than {most}). Give fewer options or a smaller "max".',
    '客户“{customer}”在冲突规则下的组合过多（超过 {most} 种）。请减少选项或降低“max”。',
  ),
})

/** The error of one cell; long values are cut. */
export const cellError = (
  code: 'empty' | 'not-number' | 'negative' | 'too-large',
  at: { file: string; row: number; column: string; value: string },
): Error => fileErrors[`optimize.cell-${code}`]({ ...at, value: at.value.slice(0, 60) })
