/** Repairs as the pages see them: names of colleagues, values masked by role. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { shown } from '../customers/masked.ts'
import { userNames } from '../quality/user-names.ts'
import type { changeRow, repairDetail, repairList, repairPreview, repairRow } from './api.ts'
import { findChanges, type RowChange } from './find-changes.ts'
import type { Fix, Target } from './fix.ts'
import { FOUR_EYES_ROWS, type Repair, repairNamed } from './repairs.ts'

export interface Reader {
  userId: number
  roles: readonly string[]
}
type ChangeRow = z.output<typeof changeRow>

const SAMPLE = 50

/** What is derived from a name says nothing to a reader. */
const UNSEEN = new Set(['name_pinyin', 'name_initials', 'family_name', 'given_name'])

export async function previewRepair(
  app: App,
  fix: Fix,
  target: Target,
  reader: Reader,
): Promise<z.output<typeof repairPreview>> {
  const sample: RowChange[] = []
  const { rows, changed } = await findChanges(app, fix, target, change => {
    if (sample.length < SAMPLE) sample.push(change)
  })
  const customers = await customersOf(app, sample)
  return {
    rows,
    changed,
    needsApproval: changed > FOUR_EYES_ROWS,
    threshold: FOUR_EYES_ROWS,
    sample: sample.map(change => ({
      source: change.source,
      rowKey: change.rowKey,
      customerId: customers(change),
      changes: Object.entries(change.after)
        .filter(([field]) => !UNSEEN.has(field) || field === fix.field)
        .map(([field, after]) => ({
          field,
          before: shown(reader, field, change.before[field as keyof RowChange['before']]),
          after: shown(reader, field, after),
        })),
    })),
  }
}

async function customersOf(
  app: App,
  rows: readonly { source: string; rowKey: string }[],
): Promise<(row: { source: string; rowKey: string }) => number | null> {
  const runId = await app.runs.latest('identity')
  if (runId === null || rows.length === 0) return () => null
  const links = await app.facts.query<{ source: string; row_key: string; customer_id: number }>(
    `SELECT source, row_key, customer_id FROM record_links WHERE run_id = {run_id:UInt64}
     AND source IN {sources:Array(String)} AND row_key IN {keys:Array(String)}`,
    { run_id: runId, sources: [...new Set(rows.map(row => row.source))], keys: rows.map(row => row.rowKey) },
  )
  const found = new Map(links.map(link => [`${link.source} ${link.row_key}`, link.customer_id]))
  return row => found.get(`${row.source} ${row.rowKey}`) ?? null
}

export async function repairRows(
  app: App,
  repairs: readonly Repair[],
  reader: Reader,
): Promise<z.output<typeof repairRow>[]> {
  const names = await userNames(
    app,
    repairs.flatMap(repair => [repair.proposed_by, repair.decided_by ?? 0, repair.undone_by ?? 0]),
  )
  return repairs.map(repair => ({
    repairId: repair.repair_id,
    kind: repair.fix.kind,
    field: repair.fix.field,
    rule: repair.target.rule ?? '',
    source: repair.target.source ?? '',
    rows: repair.rows,
    state: repair.state === 'preparing' ? 'proposed' : repair.state,
    note: repair.note,
    proposedBy: names(repair.proposed_by),
    proposedAt: repair.proposed_at.toISOString(),
    decidedBy: repair.decided_by === null ? '' : names(repair.decided_by),
    decidedAt: repair.decided_at?.toISOString() ?? null,
    undoneBy: repair.undone_by === null ? '' : names(repair.undone_by),
    undoneAt: repair.undone_at?.toISOString() ?? null,
    mayDecide:
      repair.state === 'proposed' && repair.proposed_by !== reader.userId && permits(reader, 'quality.approve'),
  }))
}

export async function listRepairs(
  app: App,
  { state, offset, limit }: { state?: Repair['state'] | undefined; offset: number; limit: number },
  reader: Reader,
): Promise<z.output<typeof repairList>> {
  const matching = app.workflow.db
    .selectFrom('collect_repairs')
    .where('state', '!=', 'preparing')
    .$if(state !== undefined, query => query.where('state', '=', state ?? 'proposed'))
  const { total } = await matching.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching.selectAll().orderBy('repair_id', 'desc').offset(offset).limit(limit).execute()
  return { total: Number(total), rows: await repairRows(app, rows, reader) }
}

export async function repairView(
  app: App,
  repairId: number,
  { offset, limit }: { offset: number; limit: number },
  reader: Reader,
): Promise<z.output<typeof repairDetail>> {
  const repair = await repairNamed(app, repairId)
  const rows = await app.facts.query<{
    source: string
    rowKey: string
    changes: { field: string; before: string; after: string }[]
  }>(
    `SELECT source, row_key AS rowKey, CAST(arraySort(groupUniqArray((field, before, after))), 'Array(Tuple(field String, before String, after String))') AS changes
     FROM corrections WHERE repair_id = {repair:UInt64} GROUP BY source, rowKey ORDER BY source, rowKey
     LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
    { repair: repairId, offset, limit },
  )
  const customers = await customersOf(app, rows)
  const changes: ChangeRow[] = rows.map(row => ({
    source: row.source,
    rowKey: row.rowKey,
    customerId: customers(row),
    changes: row.changes
      .filter(({ field, before, after }) => before !== after && (!UNSEEN.has(field) || field === repair.fix.field))
      .map(({ field, before, after }) => ({
        field,
        before: shown(reader, field, before),
        after: shown(reader, field, after),
      })),
  }))
  const [row] = await repairRows(app, [repair], reader)
  return { ...row!, changes, total: repair.rows }
}
