import type { Text } from '../../platform/text.ts'
import type { TemplateManifest } from '../compose/template.ts'
import type { SmsProvider } from './codes.ts'

export type MessageClass = TemplateManifest['class']

/**
 * What a provider takes, so far as it can be known before a message is handed over. One file a provider, one line in `index.ts`; a
 * company's brand says which one carries its messages (`smsProvider`). Providers change their rules: what stands here is what they
 * published, and each file says where.
 */
export interface SmsPolicy {
  code: SmsProvider
  name: Text
  /** Where the rules stand. */
  source: string
  /** Of the whole text with signature and opt-out. */
  most: { characters: number; segments: number }
  /** Characters of the signature without its brackets; null: any. */
  signature: { min: number; max: number } | null
  /** Wordings one of which an offer must end with; null: whatever the company writes. */
  optOut: readonly string[] | null
  variables: {
    /** In one text of this class; 0: the template must be the same for everybody. */
    most: Partial<Record<MessageClass, number>>
    /** Characters of one value. */
    longest: number
    /** Two with nothing between them. */
    adjacent: boolean
    /** What no value may hold. */
    without: readonly Forbidden[]
  }
  /** fixed: only links that stand in the template itself. */
  links: 'any' | 'fixed'
}

export type Forbidden = 'link' | 'phone' | 'currency' | 'brackets'

export const forbidden: Record<Forbidden, { pattern: RegExp; name: Text }> = {
  link: {
    pattern: /https?:\/\/|www\.|\b[a-z0-9-]+\.(com|cn|net|org|io|top|vip|example)\b/i,
    name: { en: 'a link', zh: '链接' },
  },
  phone: { pattern: /(?:\+?\d[\s-]?){7,}/, name: { en: 'a telephone number', zh: '电话号码' } },
  currency: { pattern: /[¥￥$€£]/, name: { en: 'a currency sign', zh: '货币符号' } },
  brackets: { pattern: /[【】]/, name: { en: 'the signature\u2019s brackets', zh: '签名符号【】' } },
}
