/** Decisions kept for ever: entered together with the act they belong to, refused when they contradict what stands. */
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { DecisionBook, type PairDecision } from './conflicts.ts'
import { decisionErrors } from './errors.ts'
import type { DecisionKind, RecordMove } from './migrations.ts'
import { type RecordRef, refKey, refText } from './record-ref.ts'

export interface NewDecision {
  kind: DecisionKind
  left: RecordRef
  right: RecordRef
}

export interface NewAction {
  kind: 'review' | 'merge' | 'split'
  customerId: number
  otherId: number
  moves: RecordMove[]
  decisions: NewDecision[]
  reason: string
  note: string
  userId: number
  againOf?: number
}

export interface StandingDecision extends NewDecision {
  id: number
  actionId: number
  reason: string
}

/** What holds now; 'unsure' says nothing about the records, only that the question was put. */
export async function standingDecisions(app: App): Promise<StandingDecision[]> {
  const rows = await app.workflow.db
    .selectFrom('collect_identity_decisions')
    .select(['id', 'action_id', 'kind', 'left_source', 'left_key', 'right_source', 'right_key', 'reason'])
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    actionId: row.action_id,
    kind: row.kind,
    left: { source: row.left_source, rowKey: row.left_key },
    right: { source: row.right_source, rowKey: row.right_key },
    reason: row.reason,
  }))
}

const isBinding = <D extends { kind: DecisionKind }>(decision: D): decision is D & { kind: 'same' | 'different' } =>
  decision.kind !== 'unsure'

/** One at a time in this process, so that two people cannot contradict each other at the same moment. */
let last: Promise<unknown> = Promise.resolve()
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work)
  last = next.catch(() => undefined)
  return next
}

/** Throws `collect.decision-conflict`, naming the decisions that stand against these. */
export async function refuseContradictions(app: App, decisions: readonly NewDecision[]): Promise<void> {
  const standing = await standingDecisions(app)
  const book = new DecisionBook(standing.filter(isBinding))
  for (const decision of decisions.filter(isBinding)) {
    if (refKey(decision.left) === refKey(decision.right)) throw decisionErrors['collect.decision-same-record']()
    const against = book.against(decision)
    if (against.length > 0) throw decisionErrors['collect.decision-conflict']({ decisions: named(against, standing) })
    book.add({ ...decision, id: 0 })
  }
}

/** At most five: a chain may be long, and undoing any one of it helps. */
function named(against: readonly PairDecision[], standing: readonly StandingDecision[]): string {
  const actionOf = new Map(standing.map(({ id, actionId }) => [id, actionId]))
  const shown = against.slice(0, 5).map(({ id, kind, left, right }) => {
    const sign = kind === 'same' ? '=' : '≠'
    return `#${actionOf.get(id) ?? '–'} (${refText(left)} ${sign} ${refText(right)})`
  })
  return shown.join(', ') + (against.length > shown.length ? ` … (${against.length})` : '')
}

/** Writes the act and its decisions as one. */
export async function keepAction(app: App, action: NewAction): Promise<number> {
  const at = new Date()
  return app.workflow.transaction(async tx => {
    const { id } = await tx
      .insertInto('collect_identity_actions')
      .values({
        kind: action.kind,
        customer_id: action.customerId,
        other_id: action.otherId,
        moves: asJson(action.moves),
        again_of: action.againOf ?? null,
        user_id: action.userId,
        at,
        note: action.note,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const rows = action.decisions.map(({ kind, left, right }) => ({
      action_id: id,
      kind,
      left_source: left.source,
      left_key: left.rowKey,
      right_source: right.source,
      right_key: right.rowKey,
      reason: action.reason,
      user_id: action.userId,
      at,
      note: action.note,
    }))
    // PostgreSQL takes at most 65,535 parameters a statement.
    for (let from = 0; from < rows.length; from += 5000)
      await tx
        .insertInto('collect_identity_decisions')
        .values(rows.slice(from, from + 5000))
        .execute()
    return id
  })
}
