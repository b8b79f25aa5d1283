import { defineErrors } from '../../platform/errors.ts'

export const affinityErrors = defineErrors({
  'affinity.bad-option': {
    status: 400,
    en: '--{option} cannot be "{value}": {expected}.',
    zh: '--{option} 不能是“{value}”，应为：{expected}。',
  },
  'affinity.no-option': { status: 400, en: '--{option} is missing.', zh: '缺少 --{option}。' },
  'affinity.both-columns': {
    status: 400,
    en: '--basket and --item go together: both for a CSV of lines, neither for one basket a line.',
    zh: '--basket 与 --item 须同时给出（逐行明细的 CSV），或都不给（每行一个购物篮）。',
  },
  'affinity.not-text': {
    status: 400,
    en: '{file} is not UTF-8 text (a binary file, UTF-16 or GB18030?). Save it as UTF-8 and try again.',
    zh: '{file} 不是 UTF-8 文本（可能是二进制、UTF-16 或 GB18030 文件）。请另存为 UTF-8 后重试。',
  },
  'affinity.no-baskets': { status: 400, en: '{file} holds no basket.', zh: '{file} 中没有购物篮。' },
  'affinity.too-many': {
    status: 400,
    en: 'More than {most} {what} at this support and confidence: raise them, or lower --max-length.',
    zh: '在此支持度与置信度下，{what}超过 {most} 个：请提高阈值或降低 --max-length。',
  },
})
