/** What else follows from a call, one line each: cases that a complaint opens, surveys that were answered. Runs twice without harm. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { outcomeBody } from '../api.ts'
import { complaintOpensCase } from '../cases/after-call.ts'
import { surveyAnswered } from '../surveys/after-call.ts'
import type { Done } from '../take-back/done.ts'
import type { Task } from './task-table.ts'

export interface CallEnded {
  /** As it was held, with the customer as known now. */
  task: Task
  outcome: z.output<typeof outcomeBody>
  userId: number
  /** Of the event `called`. */
  eventId: string
  at: Date
}

/** Returns what it did, so that it can be taken back with the outcome. */
export type AfterCall = (app: App, call: CallEnded) => Promise<readonly Done[]>

export const afterCalls: readonly AfterCall[] = [complaintOpensCase, surveyAnswered]
