/**
 * One answer of the review queue. It binds every later run; what can be done at once is: two customers found to be one are
 * merged, one record found to be somebody else leaves a customer of two. What needs the customer cut anew waits for the run.
 */
import type { App } from '../../platform/app.ts'
import { identityRun } from '../customers/run.ts'
import { newCustomerNumbers, regroupRecords } from '../identity/refresh.ts'
import { customersOfRecords, kindsOf, recordsOfCustomers } from './customer-records.ts'
import { decisionErrors } from './errors.ts'
import { inTurn, keepAction, type NewDecision, refuseContradictions } from './keep-decisions.ts'
import type { DecisionKind, RecordMove } from './migrations.ts'
import { type RecordRef, refKey } from './record-ref.ts'

export interface Answer {
  left: RecordRef
  right: RecordRef
  verdict: DecisionKind
  /** Why the pair was asked; '' when nobody asked. */
  reason: string
  note: string
  userId: number
}

export interface Answered {
  actionId: number
  applied: 'merged' | 'split' | 'next-run' | 'nothing'
}

export const decidePair = (app: App, answer: Answer): Promise<Answered> =>
  inTurn(async () => {
    const { left, right, verdict, reason, note, userId } = answer
    if (refKey(left) === refKey(right)) throw decisionErrors['collect.decision-same-record']()
    const runId = await identityRun(app)
    const [a, b] = (await customersOfRecords(app, runId, [left, right])) as [number, number]
    const decisions: NewDecision[] = [{ kind: verdict, left, right }]
    if (verdict === 'same' && a !== b) {
      const kinds = await kindsOf(app, runId, [a, b])
      if (kinds.get(a) !== kinds.get(b)) throw decisionErrors['collect.decision-kinds']()
    }
    await refuseContradictions(app, decisions)
    const { moves, applied } = await movesFor(app, runId, answer, a, b)
    const other = moves[0] ? (applied === 'merged' ? moves[0].from : moves[0].to) : b
    const action = { kind: 'review', customerId: applied === 'merged' ? moves[0]!.to : a, otherId: other } as const
    const actionId = await keepAction(app, { ...action, moves, decisions, reason, note, userId })
    if (moves.length > 0)
      await regroupRecords(
        app,
        moves.map(({ source, rowKey, to }) => ({ source, rowKey, customerId: to })),
        { kind: applied === 'merged' ? 'merge' : 'split', actor: String(userId), reason: `action ${actionId}` },
      )
    return { actionId, applied }
  })

async function movesFor(
  app: App,
  runId: number,
  { right, verdict }: Answer,
  a: number,
  b: number,
): Promise<{ moves: RecordMove[]; applied: Answered['applied'] }> {
  if (verdict === 'unsure' || (verdict === 'same') === (a === b)) return { moves: [], applied: 'nothing' }
  const records = await recordsOfCustomers(app, runId, [a, b])
  if (verdict === 'same') {
    // The number of the customer with more records stays, as in a run.
    const ofB = records.filter(({ customerId }) => customerId === b)
    const [keep, go] = ofB.length * 2 > records.length ? [b, a] : [a, b]
    const moves = records.filter(({ customerId }) => customerId === go)
    return { moves: moves.map(({ source, rowKey }) => ({ source, rowKey, from: go, to: keep })), applied: 'merged' }
  }
  if (records.length > 2) return { moves: [], applied: 'next-run' }
  const [to] = await newCustomerNumbers(app, 1)
  return { moves: [{ source: right.source, rowKey: right.rowKey, from: a, to: to! }], applied: 'split' }
}
