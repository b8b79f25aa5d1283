import type { App } from '../../../platform/app.ts'
import { runsOfTurn } from '../../runs-of-turn.ts'
import { featureById, plainValue, type RuleFeature } from '../catalogue.ts'
import { featureErrors } from '../errors.ts'
import { ownFeature } from '../own/own-feature.ts'
import { allVersions } from '../own/store.ts'
import { type FeatureProfile, QUANTILES } from '../profile.ts'
import { featureRun } from '../profiles.ts'
import { ruleFeaturesOf } from '../stored-values.ts'
import type { FeatureDetail } from './api.ts'
import { rowOf } from './feature-list.ts'
import { whereUsed } from './where-used.ts'

/** One feature in full: how its values lie now and lay in the turn before, who asks for it, and its versions. */
export async function featureDetail(app: App, id: string): Promise<FeatureDetail> {
  const runs = await runsOfTurn(app)
  const [run, all, used, known] = await Promise.all([
    featureRun(app, runs.features),
    allVersions(app),
    whereUsed(app),
    ruleFeaturesOf(app),
  ])
  const versions = all.filter(own => own.id === id)
  const feature = featureById.get(id) ?? (versions[0] && ownFeature(versions[0]))
  const stored = known.get(id)
  if (!feature || !stored) throw featureErrors['analyze.no-such-feature']({ feature: id })
  const profile = run?.profile.find(candidate => candidate.id === id)
  const beforeRun = profile?.drift ? await featureRun(app, profile.drift.before) : undefined
  const before = beforeRun?.profile.find(candidate => candidate.id === id)
  const people = await namesOf(
    app,
    versions.flatMap(({ createdBy }) => createdBy ?? []),
  )
  const usedVersion = run?.own.find(own => own.id === id)?.version ?? null
  return {
    ...rowOf(feature, versions[0], profile, usedVersion, used(id).length),
    asOf: runs.asOf,
    before: beforeRun ? { run: Number(beforeRun.run_id), asOf: beforeRun.as_of } : null,
    distribution: {
      bins: profile?.number
        ? await binsOf(app, stored, profile.number, runs.features, beforeRun ? Number(beforeRun.run_id) : null)
        : [],
      words: wordsOf(profile, before),
      quantiles: (profile?.number?.quantiles ?? []).map((value, k) => ({
        at: QUANTILES[k]!,
        value: plainValue(feature.unit, value),
      })),
      different: profile?.text?.different ?? null,
      outside: profile?.number ? 0.02 : 0,
    },
    usedBy: used(id),
    versions: versions.map(({ version, state, name, meaning, definition, createdBy, createdAt }) => ({
      version,
      state,
      name,
      meaning,
      definition,
      by: createdBy === null ? '' : (people.get(createdBy) ?? String(createdBy)),
      at: createdAt.toISOString(),
    })),
  }
}

const share = (part: number, of: number): number => (of > 0 ? part / of : 0)

function wordsOf(now: FeatureProfile | undefined, before: FeatureProfile | undefined) {
  const was = new Map(before?.text?.top.map(({ value, customers }) => [value, customers]))
  return (now?.text?.top ?? []).map(({ value, customers }) => ({
    value,
    now: share(customers, now!.known),
    before: before ? share(was.get(value) ?? 0, before.known) : null,
  }))
}

const BARS = 24

/** Bars of equal width from the lowest to the highest hundredth; what lies outside is in the outermost. */
async function binsOf(
  app: App,
  { sql, domain }: RuleFeature,
  { quantiles, min, max }: NonNullable<FeatureProfile['number']>,
  run: number,
  before: number | null,
): Promise<FeatureDetail['distribution']['bins']> {
  const whole = domain.kind === 'number' && domain.whole
  const low = Math.min(quantiles[0]!, quantiles.at(-1)!)
  const high = quantiles.at(-1)!
  const from = Number.isFinite(low) ? low : min
  const span = Math.max((Number.isFinite(high) ? high : max) - from, 0)
  const width = span === 0 ? 1 : whole ? Math.max(1, Math.ceil((span + 1) / BARS)) : span / BARS
  const bars = Math.max(1, Math.ceil((span + (whole ? 1 : 0)) / width))
  const countsOf = async (runId: number): Promise<number[]> => {
    const rows = await app.facts.query<{ bin: number; customers: number }>(
      `SELECT toInt32(least(greatest(floor((toFloat64(${sql}) - {from:Float64}) / {width:Float64}), 0), {last:Float64})) AS bin, count() AS customers
       FROM features AS f WHERE f.run_id = {runId:UInt64} AND isNotNull(${sql}) GROUP BY bin`,
      { runId, from, width, last: bars - 1 },
    )
    const known = rows.reduce((sum, row) => sum + row.customers, 0)
    const of = new Map(rows.map(row => [row.bin, row.customers]))
    return Array.from({ length: bars }, (_, bin) => share(of.get(bin) ?? 0, known))
  }
  const [now, earlier] = await Promise.all([countsOf(run), before === null ? null : countsOf(before)])
  return now.map((part, bin) => ({
    from: from + bin * width,
    to: from + (bin + 1) * width,
    now: part,
    before: earlier ? earlier[bin]! : null,
  }))
}

async function namesOf(app: App, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await app.workflow.db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(row => [row.id, row.name]))
}
