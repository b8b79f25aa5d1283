import { foldText } from './text.ts'

const YES = new Set(['y', 'yes', 'true', '1', '是', '同意', '有', '允许', 'ok', '√', 'on'])
const NO = new Set(['n', 'no', 'false', '0', '否', '不同意', '拒绝', '无', '不允许', '×', 'off'])

/** 1 yes, 0 no, -1 neither. */
export function readYesNo(raw: string): 1 | 0 | -1 {
  const text = foldText(raw)
  return YES.has(text) ? 1 : NO.has(text) ? 0 : -1
}
