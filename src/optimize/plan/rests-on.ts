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
  const [verdicts, calibration] = await Promise.all([verdictsOf(app), taughtBy(app)])
  const asked = (await offers(app)).flatMap(offer =>
    featuresOf(offer.rule).map(feature => ({
      feature,
      use: { en: `Who may get “${offer.name.en}”`, zh: `谁可得到“${offer.name.zh}”` },
    })),
  )
  const uses = Map.groupBy([...ALWAYS, ...asked], use => use.feature)
  return {
    calibration,
    rows: [...uses].flatMap(([feature, its]) => {
      const verdict = verdicts.get(feature)
      if (!verdict) return []
      const { model, verdict: stands, evidence, asOf } = verdict
      const name = ruleFeatures.get(feature)?.name ?? { en: feature, zh: feature }
      return [{ feature, name, model, verdict: stands, evidence, asOf, uses: its.map(({ use }) => use) }]
    }),
  }
}

/** What the newest plan was corrected by. */
async function taughtBy(app: App): Promise<z.infer<typeof restsOnView>['calibration']> {
  const run = await app.runs.latest('plan')
  const plan =
    run === null
      ? undefined
      : await app.workflow.db.selectFrom('plans').select('basis').where('run_id', '=', run).executeTakeFirst()
  const calibration = plan?.basis.first?.calibration
  if (!calibration) return null
  const { turns, contacts, expected, taken } = calibration
  const factors = calibration.cells.map(cell => cell.mean)
  return {
    ...{ turns, contacts, expected, taken, cells: factors.filter(factor => Math.abs(factor - 1) > 0.005).length },
    ...{ least: Math.min(1, ...factors), most: Math.max(1, ...factors) },
  }
}
