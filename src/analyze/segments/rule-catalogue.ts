import type { App } from '../../platform/app.ts'
import { type RuleFeature, writeValue } from '../features/catalogue.ts'
import { ruleFeaturesOf } from '../features/stored-values.ts'
import type { Domains } from './domain.ts'
import type { FeatureWords } from './in-words.ts'

/** What rules can be about in this company, and how it is called. */
export interface Catalogue {
  features: ReadonlyMap<string, RuleFeature>
  domains: Domains
  wordsOf(feature: string): FeatureWords
}

export async function catalogueOf(app: Pick<App, 'workflow'>): Promise<Catalogue> {
  return catalogueFrom(await ruleFeaturesOf(app))
}

export const catalogueFrom = (features: ReadonlyMap<string, RuleFeature>): Catalogue => ({
  features,
  domains: new Map([...features].map(([id, feature]) => [id, feature.domain])),
  wordsOf(id) {
    const feature = features.get(id)
    // Of a version whose feature is gone since, the id is all that is left to say.
    if (!feature) return { name: { en: id, zh: id }, write: value => ({ en: String(value), zh: String(value) }) }
    return { name: feature.name, write: value => writeValue(feature.unit, value) }
  },
})
