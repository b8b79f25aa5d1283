import type { z } from 'zod'
import { ruleFeatures, verdictsOf } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { restsOnView } from '../api.ts'
import { featuresOf, offers } from '../settings.ts'

/** What every plan reads of the models, whatever its offers ask for: how ready to buy a customer is. */
const ALWAYS: { feature: string; use: Text }[] = [
  {
    feature: 'expected_purchases',
    use: { en: 'How likely each customer is to accept, beside the others', zh: '每位客户相对于他人的接受可能性' },
  },
]

/** The models whose scores a plan made now would rest on, each with the verdict it stands under. */
export async function planRestsOn(app: App): Promise<z.infer<typeof restsOnView>> {
  const verdicts = await verdictsOf(app)
  const asked = (await offers(app)).flatMap(offer =>
    featuresOf(offer.rule).map(feature => ({
      feature,
      use: { en: `Who may get “${offer.name.en}”`, zh: `谁可得到“${offer.name.zh}”` },
    })),
  )
  const uses = Map.groupBy([...ALWAYS, ...asked], use => use.feature)
  return {
    rows: [...uses].flatMap(([feature, its]) => {
      const verdict = verdicts.get(feature)
      if (!verdict) return []
      const { model, verdict: stands, evidence, asOf } = verdict
      const name = ruleFeatures.get(feature)?.name ?? { en: feature, zh: feature }
      return [{ feature, name, model, verdict: stands, evidence, asOf, uses: its.map(({ use }) => use) }]
    }),
  }
}
