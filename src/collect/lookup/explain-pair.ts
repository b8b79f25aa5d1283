import type { App } from '../../platform/app.ts'
import { explanationOf, type PairExplanation } from '../match/index.ts'
import { lookupOf } from './lookup.ts'
import { type RecordRef, recordNumbers } from './record-numbers.ts'

/** Why two records are held to be one person or two, as they stand now; null when one of them is not known yet. */
export async function explainPair(app: App, left: RecordRef, right: RecordRef): Promise<PairExplanation | null> {
  const lookup = await lookupOf(app)
  if (!lookup) return null
  const [i, j] = await recordNumbers(app, lookup, [left, right])
  if (i == null || j == null) return null
  const { steps } = await lookup.ask({ do: 'explain', left: i, right: j })
  return explanationOf(steps)
}
