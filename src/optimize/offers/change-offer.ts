import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { offerNumbers } from '../api.ts'
import { optimizeErrors } from '../errors.ts'
import { contactPolicy, offers, saveSettings } from '../settings.ts'
import type { Offer } from './offer.ts'

export type OfferNumbers = z.infer<typeof offerNumbers>

export const numbersOf = (o: Offer): OfferNumbers => ({
  minimum: o.minimum,
  maximum: o.maximum,
  marginMinor: o.marginMinor,
  marginRate: o.marginRate,
  benefitCostMinor: o.benefitCostMinor,
  incrementality: o.incrementality,
  priorAcceptance: Object.fromEntries(o.channels.map(c => [c, o.priorAcceptance[c] ?? 0])),
})

/** Holds from the next turn on; plans that are made keep the offers they were made with. */
export async function changeOffer(app: Pick<App, 'workflow'>, id: string, to: OfferNumbers): Promise<void> {
  const all = await offers(app)
  const at = all.findIndex(o => o.id === id)
  if (at < 0) throw optimizeErrors['optimize.no-such-offer']({ offer: id })
  if (to.maximum !== null && to.minimum > to.maximum)
    throw optimizeErrors['optimize.limit-crossed']({ limit: `offer:${id}`, min: to.minimum, max: to.maximum })
  const channels = Object.keys(to.priorAcceptance)
  if (channels.length === 0) throw optimizeErrors['optimize.offer-without-channel']({ offer: id })
  await saveSettings(app, all.toSpliced(at, 1, { ...all[at]!, ...to, channels }), await contactPolicy(app))
}
