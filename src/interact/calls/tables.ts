import type { Generated } from 'kysely'
import type { Instant, JsonColumn } from '../../platform/stores/workflow/index.ts'

export type CallState = 'ringing' | 'answered' | 'ended'

/** number, shared, unknown: what the number says · id: a voice menu asked · confirmed: the agent verified · counter: came in person. */
export type HowKnown = 'number' | 'shared' | 'unknown' | 'id' | 'confirmed'

/** A call as the telephone system reports it; its migration stands with the tasks. */
export interface CallsTable {
  call_id: string
  direction: 'in' | 'out' | 'counter'
  /** E.164, or ''. */
  number: string
  number_state: 'ok' | 'withheld' | 'malformed'
  state: CallState
  user_id: number | null
  customer_id: Generated<number>
  how: HowKnown
  /** Customers who may be on the line, where the number does not say which. */
  candidates: JsonColumn<number[]>
  /** Wrong answers to questions of who it is. */
  wrong: Generated<number>
  task_id: Generated<string>
  recording: Generated<string>
  rang_at: Instant
  answered_at: Instant | null
  ended_at: Instant | null
  /** Grows with each change of any call: desks ask what is newer. */
  change: Generated<number>
}

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    desk_calls: CallsTable
  }
}
