import type { App } from '../../../platform/app.ts'
import type { Text } from '../../../platform/text.ts'
import { scoreFeatures } from '../../features/catalogue.ts'
import { modelVerdicts } from '../../registry/verdicts.ts'
import type { SegmentDefinition } from '../segment-set.ts'
import { criteria } from './criteria.ts'
import { askedOf } from './from-sql.ts'

export interface Warning {
  segment: string
  kind: 'attitude' | 'model'
  feature: string
  text: Text
}

/** Below this share of customers an attitude is known of too few to build a segment on. */
const KNOWN_OF_FEW = 0.5

const failures: Record<string, Text> = {
  recalibrate: { en: 'its level was off: recalibrate', zh: '水平有偏差：需重新校准' },
  retrain: { en: 'the simple rule did better: retrain', zh: '不如简单规则：需重新训练' },
  stop: { en: 'no better than chance: stop using it', zh: '与随机无异：应停用' },
}

/** Where a rule rests on what only a survey told of few, or on a model that failed on what followed. */
export async function warningsOf(app: App, segments: readonly SegmentDefinition[]): Promise<Warning[]> {
  const [verdicts, known] = await Promise.all([modelVerdicts(app), criteria(app)])
  const failed = new Map(
    scoreFeatures.flatMap(({ id, name, model }) => {
      const failure = model ? failures[verdicts.get(model)?.verdict ?? ''] : undefined
      return failure
        ? [[id, { en: `Rests on ${name.en}: ${failure.en}.`, zh: `依据“${name.zh}”：${failure.zh}。` }]]
        : []
    }),
  )
  const few = new Map(
    known
      .filter(c => c.group === 'research' && c.known < KNOWN_OF_FEW)
      .map(({ id, name, known: share }) => {
        const percent = share < 0.01 ? '< 1' : String(Math.round(share * 100))
        return [
          id,
          {
            en: `Rests on ${name.en}, which survey answers tell of ${percent} % of customers only; the rest is judged as if they had not answered.`,
            zh: `依据“${name.zh}”，仅 ${percent}% 的客户在调查中有回答；其余客户按未回答处理。`,
          },
        ]
      }),
  )
  return segments.flatMap(({ code, rule }) =>
    [...askedOf([rule])].flatMap((feature): Warning[] => {
      const attitude = few.get(feature)
      const model = failed.get(feature)
      return [
        ...(attitude ? [{ segment: code, kind: 'attitude' as const, feature, text: attitude }] : []),
        ...(model ? [{ segment: code, kind: 'model' as const, feature, text: model }] : []),
      ]
    }),
  )
}
