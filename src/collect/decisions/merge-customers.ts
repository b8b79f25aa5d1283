/**
 * Two customers made one by a person, at once and for every later run: all their records are bound to the first of them, so
 * that no run takes some of them away again.
 */
import type { App } from '../../platform/app.ts'
import { currentNumber, identityRun } from '../customers/run.ts'
import { collectErrors } from '../errors.ts'
import { regroupRecords } from '../identity/refresh.ts'
import { kindsOf, type LinkedRecord, recordsOfCustomers } from './customer-records.ts'
import { decisionErrors } from './errors.ts'
import { inTurn, keepAction, type NewAction, type NewDecision, refuseContradictions } from './keep-decisions.ts'

export interface Merge {
  /** The customer whose number stays, and the one that goes into it. */
  keep: number
  other: number
  note: string
  userId: number
}

export interface Done {
  actionId: number
  customerId: number
}

export const mergeCustomers = (app: App, merge: Merge): Promise<Done> =>
  inTurn(async () => {
    const runId = await identityRun(app)
    const { keep, other, records } = await mergeable(app, runId, merge.keep, merge.other)
    const action: NewAction = {
      kind: 'merge',
      customerId: keep,
      otherId: other,
      moves: records
        .filter(({ customerId }) => customerId === other)
        .map(({ source, rowKey }) => ({ source, rowKey, from: other, to: keep })),
      decisions: boundTogether(records),
      reason: '',
      note: merge.note,
      userId: merge.userId,
    }
    await refuseContradictions(app, action.decisions)
    const actionId = await keepAction(app, action)
    await regroupRecords(
      app,
      action.moves.map(({ source, rowKey, to }) => ({ source, rowKey, customerId: to })),
      { kind: 'merge', actor: String(merge.userId), reason: `action ${actionId}` },
    )
    return { actionId, customerId: keep }
  })

/** Both customers as they are now, with the records of both; throws when they cannot become one. */
export async function mergeable(
  app: App,
  runId: number,
  one: number,
  two: number,
): Promise<{ keep: number; other: number; records: LinkedRecord[] }> {
  const keep = await currentNumber(app, runId, one)
  const other = await currentNumber(app, runId, two)
  if (keep === other) throw decisionErrors['collect.merge-itself']({ customer: keep })
  const [records, kinds] = await Promise.all([
    recordsOfCustomers(app, runId, [keep, other]),
    kindsOf(app, runId, [keep, other]),
  ])
  for (const customer of [keep, other])
    if (!kinds.has(customer)) throw collectErrors['collect.customer-unknown']({ customer })
  if (kinds.get(keep) !== kinds.get(other)) throw decisionErrors['collect.decision-kinds']()
  return { keep, other, records }
}

/** Each record with the first: as many decisions as records less one, and they hold whatever the evidence. */
export const boundTogether = (records: readonly LinkedRecord[]): NewDecision[] =>
  records.slice(1).map(right => ({ kind: 'same', left: records[0]!, right }))
