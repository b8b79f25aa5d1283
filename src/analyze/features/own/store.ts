import type { App } from '../../../platform/app.ts'
import { sha256Of } from '../../../platform/sha256.ts'
import { asJson } from '../../../platform/stores/workflow/index.ts'
import { featureById, scoreFeatures } from '../catalogue.ts'
import { featureErrors } from '../errors.ts'
import type { OwnBody, OwnDefinition } from './definition.ts'
import { type Declared, ownFeature } from './own-feature.ts'

type Store = Pick<App, 'workflow'>

export interface Stored extends Declared {
  state: 'released' | 'withdrawn'
  createdBy: number | null
  createdAt: Date
}

export const taken = (id: string): boolean => featureById.has(id) || scoreFeatures.some(feature => feature.id === id)

/** All versions of all, the newest first. */
export async function allVersions({ workflow }: Store): Promise<Stored[]> {
  const rows = await workflow.db
    .selectFrom('own_features')
    .selectAll()
    .orderBy('id')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(({ created_by, created_at, ...row }) => ({ ...row, createdBy: created_by, createdAt: created_at }))
}

/** The version of each that holds. */
export async function declaredFeatures(app: Store): Promise<Stored[]> {
  const seen = new Set<string>()
  return (await allVersions(app)).filter(({ id }) => !seen.has(id) && seen.add(id))
}

/** Those that the next turn computes. */
export const releasedFeatures = async (app: Store) =>
  (await declaredFeatures(app)).filter(own => own.state === 'released').map(ownFeature)

/** Ids stand in SQL, so they are of letters and digits; a name without any gets a number made of itself. */
export function idOf(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 40)
  const id = words.length >= 2 ? words : `own_${sha256Of(name).slice(0, 8)}`
  return taken(id) ? `own_${id}` : id
}

/** A new feature, or the next version of one that is there; it is computed from the next turn on. */
export async function saveFeature(
  app: Store,
  id: string | null,
  { name, meaning, definition }: OwnBody,
  by: number | null,
): Promise<Stored> {
  const declared = await declaredFeatures(app)
  const known = declared.find(own => own.id === (id ?? idOf(name.en)))
  if (id !== null && !known) throw featureErrors['analyze.no-such-own-feature']({ feature: id })
  if (id === null && known) throw featureErrors['analyze.feature-exists']({ name: known.name, feature: known.id })
  const twin = declared.find(
    own => own.id !== known?.id && own.state === 'released' && (own.name.en === name.en || own.name.zh === name.zh),
  )
  if (twin) throw featureErrors['analyze.feature-exists']({ name: twin.name, feature: twin.id })
  // Rules compare with it: a number stays a number.
  if (known && kindOf(known.definition) !== kindOf(definition))
    throw featureErrors['analyze.feature-other-kind']({ name: known.name })
  const stored: Stored = {
    id: known?.id ?? idOf(name.en),
    version: (known?.version ?? 0) + 1,
    name,
    meaning,
    definition,
    state: 'released',
    createdBy: by,
    createdAt: new Date(),
  }
  await insertVersion(app, stored)
  return stored
}

const kindOf = (definition: OwnDefinition): string => (definition.over === 'answers' ? definition.as : 'number')

/** Withdraws or brings back, as a version of its own. */
export async function setState(app: Store, id: string, state: Stored['state'], by: number): Promise<Stored> {
  const known = (await declaredFeatures(app)).find(own => own.id === id)
  if (!known) throw featureErrors['analyze.no-such-own-feature']({ feature: id })
  if (known.state === state) return known
  const next = { ...known, version: known.version + 1, state, createdBy: by, createdAt: new Date() }
  await insertVersion(app, next)
  return next
}

/** One version more; `saveFeature` is the way in for people. */
export async function insertVersion({ workflow }: Store, own: Stored): Promise<void> {
  await workflow.db
    .insertInto('own_features')
    .values({
      id: own.id,
      version: own.version,
      name: asJson(own.name),
      meaning: asJson(own.meaning),
      definition: asJson(own.definition),
      state: own.state,
      created_by: own.createdBy,
      created_at: own.createdAt,
    })
    .execute()
}
