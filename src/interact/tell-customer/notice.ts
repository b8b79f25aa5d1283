import type { App } from '../../platform/app.ts'
import type { Words } from '../portal/words.ts'

/** Also the name of the approved fragment whose words are taken instead of ours. */
export const NOTICE_NAMES = ['case-opened', 'case-resolved', 'answer-waits'] as const
export type NoticeName = (typeof NOTICE_NAMES)[number]

export interface Notice {
  /** What the words name in braces: `{number}`. */
  values(words: Words): Record<string, string>
  /** Where in the portal it stands. */
  path: string
  /** Of the matter, where the customer said none. */
  language: string
}

/** Something customers are told by themselves. */
export interface NoticeKind {
  /** As it stands now; null: there is nothing to tell any more. */
  read(app: App, subject: string): Promise<Notice | null>
  /** The customer knows; runs twice without harm. */
  told?(app: App, subject: string, channel: 'email' | 'sms'): Promise<void>
}
