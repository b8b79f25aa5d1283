/** Segment, value and risk in words an agent can use: no probability is read out to anybody. */
import { featureCatalogue } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { Picture } from './api.ts'
import type { Score } from './look.ts'

const WORTH: readonly Text[] = [
  { en: 'has not bought yet', zh: '尚未购买' },
  { en: 'among the fifth that buys least', zh: '消费最低的五分之一' },
  { en: 'below the middle', zh: '低于中位' },
  { en: 'in the middle', zh: '居中' },
  { en: 'above the middle', zh: '高于中位' },
  { en: 'among our best fifth', zh: '最有价值的五分之一' },
]

/** As the segments of the sample call it: above 0.3 somebody is at risk, above 0.66 most like them left. */
const RISKS: readonly { from: number; level: 'low' | 'medium' | 'high'; words: Text }[] = [
  { from: 0.66, level: 'high', words: { en: 'likely to leave us', zh: '很可能流失' } },
  { from: 0.3, level: 'medium', words: { en: 'may leave us', zh: '有流失风险' } },
  { from: 0, level: 'low', words: { en: 'likely to stay', zh: '较稳定' } },
]

const names = new Map(featureCatalogue.map(feature => [feature.id, feature.name]))

/** `segments`: the run whose member the customer is. */
export async function standingOf(
  app: App,
  segments: number | null,
  score: Score | null,
  code: string,
): Promise<Picture['standing']> {
  if (segments === null || !score) return null
  const run = await segmentsOf(app, segments)
  const segment = run.find(one => one.code === code)
  const risk = RISKS.find(one => score.churn_probability >= one.from)!
  const because = score.churn_reasons.slice(0, 2).flatMap(reason => names.get(reason) ?? [])
  return {
    segment: segment ? { code: segment.code, name: segment.name, strategy: segment.strategy } : null,
    value: WORTH[score.m] ?? WORTH[0]!,
    valueMinor: score.m === 0 ? null : score.value_minor,
    risk: score.m === 0 ? { en: 'nothing to lose yet', zh: '暂无流失可言' } : risk.words,
    level: score.m === 0 ? 'low' : risk.level,
    because: score.m === 0 || risk.level === 'low' ? [] : because,
  }
}

interface Named {
  code: string
  name: Text
  strategy: Text
}

const kept = new WeakMap<App['workflow'], { run: number; segments: Promise<readonly Named[]> }>()

/** Names change with a run; they are the same for every customer of it. */
function segmentsOf({ workflow }: App, run: number): Promise<readonly Named[]> {
  const held = kept.get(workflow)
  if (held?.run === run) return held.segments
  const segments = workflow.db
    .selectFrom('segment_runs')
    .select('segments')
    .where('run_id', '=', run)
    .executeTakeFirst()
    .then(row => row?.segments ?? [])
  kept.set(workflow, { run, segments })
  segments.catch(() => kept.delete(workflow))
  return segments
}
