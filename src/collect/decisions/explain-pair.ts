/** Why two records are, or are not, one person: any two of the newest run. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { explainPair } from '../lookup/index.ts'
import type { pairView } from './api.ts'
import { decisionErrors } from './errors.ts'
import { pairViewOf } from './pair-view.ts'
import { type RecordRef, refKey } from './record-ref.ts'

type Reader = { roles: readonly string[] }

export async function explainRecords(
  app: App,
  runId: number,
  reader: Reader,
  left: RecordRef,
  right: RecordRef,
): Promise<z.input<typeof pairView>> {
  if (refKey(left) === refKey(right)) throw decisionErrors['collect.decision-same-record']()
  const explained = await explainPair(app, left, right)
  if (!explained) throw decisionErrors['collect.pair-not-compared']()
  return pairViewOf(app, runId, reader, {
    left,
    right,
    logOdds: explained.bits * Math.LN2,
    steps: explained.steps.map(({ left: _left, right: _right, ...step }) => step),
  })
}
