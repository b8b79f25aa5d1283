import type { App } from '../../../platform/app.ts'
import { runsOfTurn } from '../../runs-of-turn.ts'
import { featureCatalogue, plainValue } from '../catalogue.ts'
import { type Feature, familyNames, sourceNames, unitNames } from '../feature.ts'
import { ownFeature } from '../own/own-feature.ts'
import { declaredFeatures, type Stored } from '../own/store.ts'
import type { Drift, FeatureProfile } from '../profile.ts'
import { featureRun } from '../profiles.ts'
import type { FeatureList, FeatureRow } from './api.ts'
import { whereUsed } from './where-used.ts'

const MOVED = 0.1
const CHANGED = 0.25

export function driftShown(drift: Drift | null): FeatureRow['drift'] {
  if (!drift) return null
  const { psi, chance } = drift
  const verdict = psi <= chance || psi < MOVED ? 'same' : psi < CHANGED ? 'moved' : 'changed'
  return { psi, chance, verdict }
}

export const typicalOf = (feature: Pick<Feature, 'unit'>, profile: FeatureProfile | undefined): string =>
  profile?.number ? plainValue(feature.unit, profile.number.quantiles[4] ?? null) : (profile?.text?.top[0]?.value ?? '')

export function rowOf(
  feature: Feature,
  declared: Stored | undefined,
  profile: FeatureProfile | undefined,
  usedVersion: number | null,
  uses: number,
): FeatureRow {
  const { id, name, meaning, unit, family, source, domain, sql, counts, from } = feature
  return {
    id,
    name,
    meaning,
    unit: unitNames[unit],
    family,
    source,
    sourceName: sourceNames[source],
    kind: domain.kind === 'number' ? 'number' : domain.kind === 'list' ? 'list' : 'text',
    formula: sql,
    counts: counts ?? null,
    from: [...(from ?? [])],
    own: declared
      ? {
          version: declared.version,
          state: declared.state,
          usedVersion,
          definition: declared.definition,
          byTurn: declared.createdBy === null,
        }
      : null,
    rows: profile?.rows ?? 0,
    known: profile?.known ?? 0,
    typical: typicalOf(feature, profile),
    drift: driftShown(profile?.drift ?? null),
    uses,
  }
}

/** The catalogue as it stands: what comes with the product, then what the company declared, with what the newest turn found. */
export async function featureList(app: App): Promise<FeatureList> {
  const { asOf, features: runId } = await runsOfTurn(app)
  const [run, declared, used] = await Promise.all([featureRun(app, runId), declaredFeatures(app), whereUsed(app)])
  const profiles = new Map(run?.profile.map(profile => [profile.id, profile]))
  const versions = new Map(run?.own.map(({ id, version }) => [id, version]))
  const rows = [
    ...featureCatalogue.map(feature =>
      rowOf(feature, undefined, profiles.get(feature.id), null, used(feature.id).length),
    ),
    ...declared.map(own =>
      rowOf(ownFeature(own), own, profiles.get(own.id), versions.get(own.id) ?? null, used(own.id).length),
    ),
  ]
  const present = new Set(rows.map(({ family }) => family))
  return {
    asOf,
    families: Object.entries(familyNames).flatMap(([id, name]) => (present.has(id) ? [{ id, name }] : [])),
    notes: run?.notes ?? [],
    rows,
  }
}
