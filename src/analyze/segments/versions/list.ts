import type { App } from '../../../platform/app.ts'
import { runsOfTurn } from '../../runs-of-turn.ts'
import { alternatives } from '../rule.ts'
import { catalogueOf } from '../rule-catalogue.ts'
import type { SegmentSet } from '../segment-set.ts'
import type { VersionState } from '../workflow-tables.ts'
import { type Change, changesBetween } from './diff.ts'
import { versionAt, versionRow } from './versions.ts'

export interface VersionView {
  id: number
  state: VersionState
  name: string
  note: string
  revision: number
  base: number | null
  restored: number | null
  madeBy: string
  madeById: number | null
  changedAt: string
  askedBy: string | null
  askedById: number | null
  effectiveFrom: string | null
  decidedBy: string | null
  decidedAt: string | null
  decisionNote: string
  deleted: boolean
  segments: number
  conditions: number
  /** The rules of the newest turn's date. */
  inForce: boolean
}

type Row = Awaited<ReturnType<typeof versionRow>>

const view = (row: Row, inForce: number | null): VersionView => ({
  id: row.id,
  state: row.state,
  name: row.name,
  note: row.note,
  revision: row.revision,
  base: row.base,
  restored: row.restored,
  madeBy: row.made_by_name,
  madeById: row.made_by,
  changedAt: row.changed_at.toISOString(),
  askedBy: row.asked_by_name,
  askedById: row.asked_by,
  effectiveFrom: row.effective_from,
  decidedBy: row.decided_by_name,
  decidedAt: row.decided_at?.toISOString() ?? null,
  decisionNote: row.decision_note,
  deleted: row.deleted_at !== null,
  segments: row.body.segments.length,
  conditions: row.body.segments.reduce((sum, { rule }) => sum + alternatives(rule).flat().length, 0),
  inForce: row.id === inForce,
})

async function inForce(app: App): Promise<number | null> {
  const run = await app.runs.latest('segments')
  const asOf = run === null ? undefined : (await runsOfTurn(app)).asOf
  return (await versionAt(app, asOf))?.id ?? null
}

/** Everything there is, the newest first; thrown-away drafts only when asked for. */
export async function versionList(app: App, deleted = false): Promise<VersionView[]> {
  const [rows, now] = await Promise.all([
    app.workflow.db
      .selectFrom('segment_versions')
      .selectAll()
      .where('deleted_at', deleted ? 'is not' : 'is', null)
      .orderBy('id', 'desc')
      .limit(500)
      .execute(),
    inForce(app),
  ])
  return rows.map(row => view(row, now))
}

export interface VersionDetail extends VersionView {
  set: SegmentSet
  against: number | null
  changes: Change[]
}

/** One version, and what it changes against another: the one it was made from, or the one in force. */
export async function versionDetail(app: App, id: number, against?: number): Promise<VersionDetail> {
  const [row, now, catalogue] = await Promise.all([versionRow(app, id), inForce(app), catalogueOf(app)])
  const other = against ?? (row.base !== null && row.base !== id ? row.base : now)
  const before = other === null || other === id ? null : (await versionRow(app, other)).body
  return {
    ...view(row, now),
    set: row.body,
    against: before ? other : null,
    changes: before ? changesBetween(before, row.body, catalogue) : [],
  }
}
