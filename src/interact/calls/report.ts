/** What a telephone system reports of calls. Reports may come twice, late or in another order; each is one statement. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { agentNamed } from '../tasks/agents.ts'
import { forgetGroups } from '../tasks/claim.ts'
import { type Call, callById } from './call-table.ts'
import { readCaller } from './caller.ts'
import { callChanged } from './push.ts'
import type { HowKnown } from './tables.ts'
import { customerOfId, customersOfNumber } from './who.ts'

export interface CallReport {
  /** The telephone system's own name of the call. */
  callId: string
  event: 'ring' | 'answer' | 'hangup' | 'recording'
  direction?: 'in' | 'out' | 'counter' | undefined
  /** Of the other side, in whatever form; absent or a word for none: withheld. */
  number?: string | undefined
  /** Line or login of the agent it rings at; absent: every agent who is free sees it. */
  agent?: string | undefined
  /** Customer or account number, where a voice menu asked for it. */
  customer?: string | undefined
  /** Where the recording is kept. */
  recording?: string | undefined
  at?: Date | undefined
}

export async function reportCall(app: App, report: CallReport): Promise<Call> {
  const userId = report.agent ? await agentNamed(app, report.agent) : null
  const at = report.at ?? new Date()
  const known = await app.workflow.db
    .selectFrom('desk_calls')
    .select(['call_id', 'number'])
    .where('call_id', '=', report.callId)
    .executeTakeFirst()
  // Whatever comes first makes the call known: an answer may overtake its ring.
  if (!known) await addCall(app, report, userId, at)
  const set = {
    answered: report.event === 'answer',
    ended: report.event === 'hangup',
    recording: report.recording ?? '',
  }
  await sql`
    UPDATE desk_calls SET
      state = CASE WHEN state = 'ended' OR ${set.ended} THEN 'ended' WHEN ${set.answered} THEN 'answered' ELSE state END,
      answered_at = CASE WHEN ${set.answered} THEN coalesce(answered_at, ${at}) ELSE answered_at END,
      ended_at = CASE WHEN ${set.ended} THEN coalesce(ended_at, ${at}) ELSE ended_at END,
      user_id = CASE WHEN task_id = '' THEN coalesce(${userId}::int8, user_id) ELSE user_id END,
      recording = CASE WHEN ${set.recording} <> '' THEN ${set.recording} ELSE recording END,
      change = nextval('desk_calls_changes')
    WHERE call_id = ${report.callId}`.execute(app.workflow.db)
  forgetGroups(app)
  callChanged(app)
  return callById(app, report.callId)
}

async function addCall(app: App, report: CallReport, userId: number | null, at: Date): Promise<void> {
  const caller = readCaller(report.number ?? '')
  const direction = report.direction ?? 'in'
  const told = report.customer ? await customerOfId(app, report.customer) : null
  const candidates = told === null ? await customersOfNumber(app, caller.number) : [told]
  const how: HowKnown =
    told !== null ? 'id' : candidates.length === 1 ? 'number' : candidates.length > 1 ? 'shared' : 'unknown'
  await app.workflow.db
    .insertInto('desk_calls')
    .values({
      call_id: report.callId,
      direction,
      number: caller.number,
      number_state: direction === 'counter' ? 'ok' : caller.state,
      state: 'ringing',
      user_id: userId,
      customer_id: candidates.length === 1 ? candidates[0]! : 0,
      how,
      candidates: asJson(candidates),
      rang_at: at,
      answered_at: null,
      ended_at: null,
    })
    .onConflict(conflict => conflict.column('call_id').doNothing())
    .execute()
}
