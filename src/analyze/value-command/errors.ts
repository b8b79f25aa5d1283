import { defineErrors } from '../../platform/errors.ts'

export const commandErrors = defineErrors({
  'file.unreadable': { status: 400, en: '{file} cannot be read ({why}).', zh: '无法读取 {file}（{why}）。' },
  'file.unwritable': { status: 400, en: '{file} cannot be written ({why}).', zh: '无法写入 {file}（{why}）。' },
  'file.no-column': {
    status: 400,
    en: '{file} has no column "{column}" (--{option}); it has: {columns}. A number counts columns from 1.',
    zh: '{file} 中没有列“{column}”（--{option}）；现有列：{columns}。也可用从 1 起的列号。',
  },
  'file.open-quote': {
    status: 400,
    en: '{file}: a quotation mark opened at line {line} is never closed.',
    zh: '{file}：第 {line} 行开始的引号没有闭合。',
  },
  'file.no-rows': {
    status: 400,
    en: '{file} has no row that can be used. {why}',
    zh: '{file} 中没有可用的行。{why}',
  },
  'value.no-option': { status: 400, en: '--{option} is missing.', zh: '缺少 --{option}。' },
  'value.bad-option': {
    status: 400,
    en: '--{option} cannot be "{value}": {expected}.',
    zh: '--{option} 不能是“{value}”，应为：{expected}。',
  },
  'value.ambiguous-dates': {
    status: 400,
    en: '{file}: dates such as {example} (line {line}) can be day/month or month/day. Say which: --date-format DD/MM/YYYY or MM/DD/YYYY.',
    zh: '{file}：日期 {example}（第 {line} 行）无法区分日/月与月/日，请用 --date-format DD/MM/YYYY 或 MM/DD/YYYY 指明。',
  },
  'value.no-dates': {
    status: 400,
    en: '{file}: no date of "{column}" can be read, such as "{example}" (line {line}). Say how they are written, e.g. --date-format DD/MM/YY, or name another column.',
    zh: '{file}：“{column}”中没有可识别的日期，例如“{example}”（第 {line} 行）。请说明格式，如 --date-format DD/MM/YY，或指定其他列。',
  },
  'value.no-purchases': {
    status: 400,
    en: '{file} has no purchase: every amount that can be read is negative, a return (from line {line}).',
    zh: '{file} 中没有购买：可识别的金额全为负数，即退货（自第 {line} 行起）。',
  },
  'value.mixed-currencies': {
    status: 400,
    en: '{file} mixes currencies: {currencies}. Amounts of different currencies cannot be added; split the file or convert it first.',
    zh: '{file} 混有多种货币：{currencies}。不同货币的金额不能相加，请先拆分或换算。',
  },
  'value.calibration-too-early': {
    status: 400,
    en: 'Nobody had bought by {date} (--calibration-end); the first purchase is of {first}.',
    zh: '截至 {date}（--calibration-end）尚无人购买；首次购买在 {first}。',
  },
})
