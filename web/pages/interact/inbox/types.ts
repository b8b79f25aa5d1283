import type { z } from 'zod'
import type {
  answerFragments,
  correctionView,
  modelList,
  settingsView,
  threadCustomer,
  threadDetail,
  threadList,
  threadRow,
} from '../../../../src/interact/inbox/api.ts'

export type ThreadRow = z.output<typeof threadRow>
export type ThreadList = z.output<typeof threadList>
export type ThreadDetail = z.output<typeof threadDetail>
export type ThreadCustomer = z.output<typeof threadCustomer>
export type InboxSettings = z.output<typeof settingsView>
export type Correction = z.output<typeof correctionView>
export type InboxMessage = ThreadDetail['log'][number]
export type AnswerFragments = z.output<typeof answerFragments>
export type ModelList = z.output<typeof modelList>
export type ReplyClass = ThreadRow['class']

/** In the order of the keys 1–8. */
export const CLASSES = ['accept', 'refuse', 'stop', 'complaint', 'question', 'change', 'away', 'other'] as const
