/** What a telephone system reports of calls. Reports may come twice, late or in another order; each is one statement. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { agentNamed } from '../tasks/agents.ts'
import { forgetGroups } from '../tasks/claim.ts'
import { type Call, callById } from './call-table.ts'
import { type Caller, readCaller } from './caller.ts'
import { endOlderAtLine, watchForLost } from './lost-calls.ts'
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
  // Who hung up or recorded is nobody's matter here: a call passed on to a line that is no agent's still ends.
  const needsAgent = report.event === 'ring' || report.event === 'answer'
  const userId = report.agent && needsAgent ? await agentNamed(app, report.agent) : null
  const at = believedTime(report.at, new Date())
  const known = await app.workflow.db
    .selectFrom('desk_calls')
    .select(['number', 'number_state', 'how'])
    .where('call_id', '=', report.callId)
    .executeTakeFirst()
  // Whatever comes first makes the call known: an answer may overtake its ring.
  if (!known) await addCall(app, report, userId, at)
  else if (known.number === '' && known.how === 'unknown' && (report.number || report.customer))
    await addCaller(app, report)
  const set = {
    answered: report.event === 'answer',
    ended: report.event === 'hangup',
    recording: report.recording ?? '',
  }
  // Given up while it rang, and answered after all.
  const again = sql`(${set.answered} AND answered_at IS NULL AND ended_by = 'limit')`
  await sql`
    UPDATE desk_calls SET
      state = CASE WHEN ${set.ended} OR (state = 'ended' AND NOT ${again}) THEN 'ended' WHEN ${set.answered} THEN 'answered' ELSE state END,
      answered_at = CASE WHEN ${set.answered} THEN coalesce(answered_at, ${at}) ELSE answered_at END,
      ended_at = CASE WHEN ${set.ended} AND (ended_at IS NULL OR ended_by <> '') THEN ${at} WHEN ${again} THEN NULL ELSE ended_at END,
      ended_by = CASE WHEN ${set.ended} OR ${again} THEN '' ELSE ended_by END,
      user_id = CASE WHEN task_id = '' THEN coalesce(${userId}::int8, user_id) ELSE user_id END,
      recording = CASE WHEN ${set.recording} <> '' THEN ${set.recording} ELSE recording END,
      change = nextval('desk_calls_changes')
    WHERE call_id = ${report.callId}`.execute(app.workflow.db)
  forgetGroups(app)
  callChanged(app)
  const call = await callById(app, report.callId)
  if (report.event === 'answer' && call.state === 'answered' && call.user_id !== null) await endOlderAtLine(app, call)
  if (call.state !== 'ended') await watchForLost(app)
  return call
}

/** A call that is longer than this is a clock that goes wrong. */
const LONGEST_MS = 4 * 3600_000

/** The telephone system's clock, unless it is ahead of ours or hours behind: a call that rang tomorrow would stand on every desk for ever. */
const believedTime = (told: Date | undefined, now: Date): Date =>
  told && told <= now && now.getTime() - told.getTime() < LONGEST_MS ? told : now

async function callerOf(
  app: App,
  report: CallReport,
): Promise<{ caller: Caller; candidates: number[]; how: HowKnown }> {
  const caller = readCaller(report.number ?? '')
  const told = report.customer ? await customerOfId(app, report.customer) : null
  const candidates = told === null ? await customersOfNumber(app, caller.number) : [told]
  const how: HowKnown =
    told !== null ? 'id' : candidates.length === 1 ? 'number' : candidates.length > 1 ? 'shared' : 'unknown'
  return { caller, candidates, how }
}

/** The number came with a later report than the call itself. Once an agent has taken it, only the agent says who it is. */
async function addCaller(app: App, report: CallReport): Promise<void> {
  const { caller, candidates, how } = await callerOf(app, report)
  const sole = candidates.length === 1 ? candidates[0]! : 0
  await sql`
    UPDATE desk_calls SET number = ${caller.number}, number_state = CASE WHEN direction = 'counter' THEN 'ok' ELSE ${caller.state} END,
      candidates = ${asJson(candidates)}::json, customer_id = CASE WHEN task_id = '' THEN ${sole}::int8 ELSE customer_id END,
      how = CASE WHEN task_id = '' THEN ${how} WHEN ${candidates.length > 0} THEN 'shared' ELSE how END
    WHERE call_id = ${report.callId} AND number = '' AND how = 'unknown'`.execute(app.workflow.db)
}

async function addCall(app: App, report: CallReport, userId: number | null, at: Date): Promise<void> {
  const { caller, candidates, how } = await callerOf(app, report)
  const direction = report.direction ?? 'in'
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
