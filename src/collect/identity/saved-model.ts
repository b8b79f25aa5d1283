/** What an identity run learned, kept so that single records are weighed between runs exactly as the run would. */
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { MatchModel, MatchResult } from '../match/index.ts'

export interface SavedModel {
  comparisons: MatchModel['comparisons']
  /** `cells`: codes of the cells in the order of the three tables. */
  groups: { members: number[]; cells: number[]; m: number[]; relative: number[]; u: number[] }[]
  same: number
  relatives: number
  m: number[][]
  u: number[][]
  iterations: number
  /** Blocking rules: keys by their ids ("given + birth date" has two). */
  rules: { id: string; pairs: number }[]
  /** Probability from which two records are one customer. */
  threshold: number
  records: number
  entities: number
  pairsCompared: number
  missedPairs: number
  expectedF1: number
}

export function savedModel(matched: MatchResult): SavedModel {
  const { model, rules, threshold, entities, pairsCompared, missedPairs, expectedF1 } = matched
  return {
    comparisons: model.comparisons,
    groups: model.groups.map(({ members, cells, m, relative, u }) => ({
      members,
      cells: [...cells.keys()],
      m: [...m],
      relative: [...relative],
      u: [...u],
    })),
    same: model.same,
    relatives: model.relatives,
    m: model.m.map(levels => [...levels]),
    u: model.u.map(levels => [...levels]),
    iterations: model.iterations,
    rules,
    threshold,
    records: matched.entity.length,
    entities,
    pairsCompared,
    missedPairs,
    expectedF1,
  }
}

export const matchModelOf = (saved: SavedModel): MatchModel => ({
  comparisons: saved.comparisons,
  groups: saved.groups.map(({ members, cells, m, relative, u }) => ({
    members,
    cells: new Map(cells.map((code, cell) => [code, cell])),
    m: Float64Array.from(m),
    relative: Float64Array.from(relative),
    u: Float64Array.from(u),
  })),
  same: saved.same,
  relatives: saved.relatives,
  m: saved.m.map(levels => Float64Array.from(levels)),
  u: saved.u.map(levels => Float64Array.from(levels)),
  iterations: saved.iterations,
})

export async function saveModel(app: App, runId: number, matched: MatchResult): Promise<void> {
  const model = asJson(savedModel(matched))
  await app.workflow.db
    .insertInto('collect_identity_models')
    .values({ run_id: runId, model, at: new Date() })
    .onConflict(conflict => conflict.column('run_id').doUpdateSet({ model }))
    .execute()
}

/** null: that run saved none. */
export async function identityModel(app: App, runId: number): Promise<SavedModel | null> {
  const row = await app.workflow.db
    .selectFrom('collect_identity_models')
    .select('model')
    .where('run_id', '=', runId)
    .executeTakeFirst()
  return (row?.model as SavedModel | undefined) ?? null
}
