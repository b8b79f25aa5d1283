import { type Rule, ruleFeatures } from '../analyze/index.ts'
import type { App } from '../platform/app.ts'
import { asJson } from '../platform/stores/workflow/index.ts'
import { optimizeErrors } from './errors.ts'
import { type Offer, offerSchema } from './offers/offer.ts'
import { type PlanLimits, planLimitsOf } from './offers/plan-limits.ts'
import { type ContactPolicy, contactPolicySchema } from './policy/contact-policy.ts'

/** Offers in their order, as kept in the workflow store. */
export async function offers(app: Pick<App, 'workflow'>): Promise<Offer[]> {
  const rows = await app.workflow.db.selectFrom('offers').selectAll().orderBy('position').execute()
  if (rows.length === 0) throw optimizeErrors['optimize.no-settings']({ what: 'offers' })
  return rows.map(row => offerSchema.parse(row.body))
}

export async function contactPolicy(app: Pick<App, 'workflow'>): Promise<ContactPolicy> {
  const row = await app.workflow.db.selectFrom('contact_policy').selectAll().executeTakeFirst()
  if (!row) throw optimizeErrors['optimize.no-settings']({ what: 'contact policy' })
  return contactPolicySchema.parse(row.body)
}

/** Replaces all offers and the contact policy at once, after checking that they fit each other. */
export async function saveSettings(
  app: Pick<App, 'workflow'>,
  newOffers: readonly Offer[],
  policy: ContactPolicy,
  file = 'offers.json',
): Promise<void> {
  const seen = new Set<string>()
  for (const offer of newOffers) {
    if (seen.has(offer.id)) throw optimizeErrors['optimize.offer-twice']({ offer: offer.id, file })
    seen.add(offer.id)
    for (const feature of featuresOf(offer.rule))
      if (feature !== 'segment' && !ruleFeatures.has(feature))
        throw optimizeErrors['optimize.offer-unknown-feature']({ offer: offer.id, feature })
    for (const channel of offer.channels)
      if (!(channel in policy.channels))
        throw optimizeErrors['optimize.offer-unknown-channel']({ offer: offer.id, channel })
  }
  for (const offer of offersNamed(planLimitsOf(policy)))
    if (!seen.has(offer)) throw optimizeErrors['optimize.limit-unknown-offer']({ offer })
  await app.workflow.transaction(async tx => {
    await tx.deleteFrom('offers').execute()
    await tx
      .insertInto('offers')
      .values(newOffers.map((offer, position) => ({ id: offer.id, position, body: asJson<unknown>(offer) })))
      .execute()
    await tx.deleteFrom('contact_policy').execute()
    await tx
      .insertInto('contact_policy')
      .values({ id: 1, body: asJson<unknown>(policy) })
      .execute()
  })
}

/** Offers that budgets, quotas, conflicts and sequences speak of. */
const offersNamed = ({ budgets, quotas, conflicts, after }: PlanLimits): string[] =>
  [
    ...[...budgets, ...quotas].map(l => l.offer),
    ...conflicts.flatMap(c => c.never),
    ...after.flatMap(a => [a.offer, a.needs]),
  ].filter(offer => offer !== undefined)

export const featuresOf = (rule: Rule): string[] =>
  ('any' in rule ? rule.any : [rule]).flatMap(part => part.all.map(condition => condition.feature))
