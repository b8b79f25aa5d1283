/**
 * Records taken out of a customer by a person: they become a customer of their own, bound together, and one of them is kept
 * apart from each record that stays; that holds all of them apart.
 */
import type { App } from '../../platform/app.ts'
import { currentNumber, identityRun } from '../customers/run.ts'
import { newCustomerNumbers, regroupRecords } from '../identity/refresh.ts'
import { type LinkedRecord, recordsOfCustomers } from './customer-records.ts'
import { decisionErrors } from './errors.ts'
import { inTurn, keepAction, type NewAction, type NewDecision, refuseContradictions } from './keep-decisions.ts'
import { boundTogether, type Done } from './merge-customers.ts'
import { type RecordRef, refKey, refText } from './record-ref.ts'

export interface Split {
  customerId: number
  /** What goes. */
  records: readonly RecordRef[]
  note: string
  userId: number
}

export const splitCustomer = (app: App, split: Split): Promise<Done> =>
  inTurn(async () => {
    const runId = await identityRun(app)
    const { customerId, going, staying } = await divided(app, runId, split.customerId, split.records)
    const decisions = keptApart(going, staying)
    await refuseContradictions(app, decisions)
    const [number] = await newCustomerNumbers(app, 1)
    const action: NewAction = {
      kind: 'split',
      customerId,
      otherId: number!,
      moves: going.map(({ source, rowKey }) => ({ source, rowKey, from: customerId, to: number! })),
      decisions,
      reason: '',
      note: split.note,
      userId: split.userId,
    }
    const actionId = await keepAction(app, action)
    await regroupRecords(
      app,
      action.moves.map(({ source, rowKey, to }) => ({ source, rowKey, customerId: to })),
      { kind: 'split', actor: String(split.userId), reason: `action ${actionId}` },
    )
    return { actionId, customerId: number! }
  })

/** The customer's records in two: what goes and what stays, neither empty. */
export async function divided(
  app: App,
  runId: number,
  customer: number,
  chosen: readonly RecordRef[],
): Promise<{ customerId: number; going: LinkedRecord[]; staying: LinkedRecord[] }> {
  const customerId = await currentNumber(app, runId, customer)
  const records = await recordsOfCustomers(app, runId, [customerId])
  const known = new Set(records.map(refKey))
  const foreign = chosen.find(ref => !known.has(refKey(ref)))
  if (foreign) throw decisionErrors['collect.split-foreign']({ record: refText(foreign), customer: customerId })
  const goes = new Set(chosen.map(refKey))
  const going = records.filter(record => goes.has(refKey(record)))
  const staying = records.filter(record => !goes.has(refKey(record)))
  if (going.length === 0 || staying.length === 0) throw decisionErrors['collect.split-none']()
  return { customerId, going, staying }
}

export const keptApart = (going: readonly LinkedRecord[], staying: readonly LinkedRecord[]): NewDecision[] => [
  ...boundTogether(going),
  ...staying.map((right): NewDecision => ({ kind: 'different', left: going[0]!, right })),
]
