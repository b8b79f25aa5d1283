import type { Text } from '../../platform/text.ts'
import type { SlotChoice } from '../slots/slot-contents.ts'

/** What composing one message gives: its bytes, or why it is held back. */
export type Outcome = Composed | Held

export interface Composed {
  state: 'composed'
  bytes: Uint8Array
  mediaType: string
  extension: 'pdf' | 'eml' | 'txt' | 'json' | 'html'
  sha256: string
  /** Printed pages; 0 of what is not paper. */
  pages: number
  /** SMS parts; 0 of what is no SMS. */
  segments: number
  subject: string
  /** What a person may look for it by, separated by spaces (archive/words.ts); left out: the words of its data. */
  words?: string
  /** What stands in the space that was left, slot by slot. */
  slots?: SlotChoice[]
}

export interface Held {
  state: 'held'
  reason: HoldReason
  /** The field, the character, the sums. */
  detail: string
}

export const holdReasons = {
  'missing-data': { en: 'A field the template cannot do without is missing', zh: '缺少模板必需的字段' },
  'invalid-data': { en: 'The data do not fit the template', zh: '数据不符合模板要求' },
  'glyph-missing': { en: 'The print fonts have no glyph for a character', zh: '打印字体缺少某个字符' },
  'text-too-long': { en: 'A text is longer than any document allows', zh: '文本超出允许的长度' },
  'too-many-pages': { en: 'The document has more pages than its template allows', zh: '页数超出模板允许的范围' },
  'too-many-segments': {
    en: 'The short message has more parts than its template allows',
    zh: '短信条数超出模板允许的范围',
  },
  'too-slow': { en: 'Composing it took longer than any document may', zh: '生成耗时超出上限' },
  'totals-differ': { en: 'The lines do not add up to the total', zh: '明细与合计不一致' },
  'no-bill': {
    en: 'The offer was to go with the bill of the month, and there is no bill',
    zh: '优惠原定随月度账单发出，但该月没有账单',
  },
  'refused-by-provider': { en: 'The rules of the SMS provider forbid it', zh: '不符合短信服务商的规则' },
  'template-failed': { en: 'The template failed on these data', zh: '模板处理该数据时出错' },
} satisfies Record<string, Text>

export type HoldReason = keyof typeof holdReasons

/** A detail is read in a list and kept in the ledger: a name of 19,000 letters is not repeated there. */
const LONGEST_DETAIL = 240

export const held = (reason: HoldReason, detail: string): Held => ({
  state: 'held',
  reason,
  detail: detail.length > LONGEST_DETAIL ? `${detail.slice(0, LONGEST_DETAIL).toWellFormed()}…` : detail,
})

/** In words; a reason of an older composer is shown as it is. */
export const reasonText = (reason: string): Text => holdReasons[reason as HoldReason] ?? { en: reason, zh: reason }
