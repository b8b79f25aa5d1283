import type { Text } from '../../platform/text.ts'

/** What composing one message gives: its bytes, or why it is held back. */
export type Outcome = Composed | Held

export interface Composed {
  state: 'composed'
  bytes: Uint8Array
  mediaType: string
  extension: 'pdf' | 'eml' | 'txt' | 'json'
  sha256: string
  /** Printed pages; 0 of what is not paper. */
  pages: number
  /** SMS parts; 0 of what is no SMS. */
  segments: number
  subject: string
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
  'totals-differ': { en: 'The lines do not add up to the total', zh: '明细与合计不一致' },
  'no-bill': {
    en: 'The offer was to go with the bill of the month, and there is no bill',
    zh: '优惠原定随月度账单发出，但该月没有账单',
  },
  'template-failed': { en: 'The template failed on these data', zh: '模板处理该数据时出错' },
} satisfies Record<string, Text>

export type HoldReason = keyof typeof holdReasons

export const held = (reason: HoldReason, detail: string): Held => ({ state: 'held', reason, detail })
