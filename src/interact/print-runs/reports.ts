import { z } from 'zod'
import { MOST_DOCUMENTS } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { arrange, type PrintItem } from './arrange.ts'
import { errors } from './errors.ts'
import { keepRun, type MadeRun } from './make-run.ts'
import { type PieceRow, piecesOf } from './pieces.ts'
import { type PrintRun, printRun } from './run-store.ts'

/** What the inserter says of a piece. */
export const pieceStates = ['inserted', 'damaged', 'missing'] as const
export const reportRow = z.strictObject({
  piece: z.coerce.number().int().min(1),
  state: z.enum(pieceStates),
  note: z.string().max(500).default(''),
})
export type ReportRow = z.infer<typeof reportRow>

/** Rows of a control file that comes back from the hall; nothing is taken unless every row is right. */
export async function takeReport(app: App, id: number, rows: readonly unknown[]): Promise<Record<string, number>> {
  const run = await printRun(app, id)
  const parsed = rows.map((row, index) => {
    const result = reportRow.safeParse(row)
    const problem = result.success
      ? result.data.piece > run.pieces
        ? `piece ${result.data.piece} > ${run.pieces}`
        : ''
      : `${result.error.issues[0]?.path.join('.')}: ${result.error.issues[0]?.message}`
    if (!result.success || problem) throw errors['interact.print-report-row']({ row: String(index + 1), problem })
    return result.data
  })
  await record(app, id, parsed)
  return Object.fromEntries([...Map.groupBy(parsed, row => row.state)].map(([state, of]) => [state, of.length]))
}

const record = (
  app: App,
  id: number,
  rows: readonly { piece: number; state: string; note: string }[],
): Promise<void> => {
  const now = new Date()
  return app.facts.insertColumns('print_reports', {
    print_run: { type: 'UInt64', values: rows.map(() => id) },
    piece: { type: 'UInt32', values: rows.map(row => row.piece) },
    state: { type: 'LowCardinality(String)', values: rows.map(row => row.state) },
    note: { type: 'String', values: rows.map(row => row.note) },
    at: { type: "DateTime64(3, 'UTC')", values: rows.map(() => now) },
  })
}

const NEWEST = `
SELECT piece, argMax(toString(state), at) AS state FROM print_reports WHERE print_run = {run:UInt64} GROUP BY piece`

/** Pieces by what was last reported of them; `unreported` is the rest. */
export async function reportCounts(app: App, run: PrintRun): Promise<Record<string, number>> {
  const rows = await app.facts.query<{ state: string; pieces: number }>(
    `SELECT state, count() AS pieces FROM (${NEWEST}) GROUP BY state`,
    { run: run.id },
  )
  const counts = Object.fromEntries(rows.map(row => [row.state, row.pieces]))
  return { ...counts, unreported: run.pieces - rows.reduce((sum, row) => sum + row.pieces, 0) }
}

/**
 * Pieces again, in a run of their own with marks of their own, from the same communications: by number, or every piece last reported
 * damaged or missing. What is reprinted is said in the first run, so it is not reprinted twice.
 */
export async function reprint(app: App, id: number, named: readonly number[], by: number | null): Promise<MadeRun> {
  const run = await printRun(app, id)
  const wrong = named.filter(piece => piece < 1 || piece > run.pieces)
  if (wrong.length > 0)
    throw errors['interact.no-print-piece']({ id: String(id), pieces: wrong.join(', '), last: String(run.pieces) })
  const pieces = named.length > 0 ? [...new Set(named)] : await spoiled(app, id)
  if (pieces.length === 0) throw errors['interact.nothing-to-print']({})
  const items = (await piecesOf(app, id, pieces)).map(asItem)
  const settings = { ...run.settings, proofs: 0, consolidate: 'household' as const }
  const made = await keepRun(app, arrange(items, settings, MOST_DOCUMENTS), {
    settings,
    by,
    kind: 'reprint',
    ofRun: id,
    deliverRun: run.deliverRun,
    asOf: run.asOf,
  })
  await record(
    app,
    id,
    pieces.map(piece => ({ piece, state: 'reprinted', note: String(made.id) })),
  )
  return made
}

async function spoiled(app: App, id: number): Promise<number[]> {
  const rows = await app.facts.query<{ piece: number }>(
    `SELECT piece FROM (${NEWEST}) WHERE state IN ('damaged', 'missing') ORDER BY piece`,
    { run: id },
  )
  return rows.map(row => row.piece)
}

/** What lay in one envelope lies in one again: the piece stands for the household and the door. */
const asItem = (row: PieceRow): PrintItem => ({
  communicationId: row.communication_id,
  customerId: row.customer_id,
  household: row.piece,
  postcode: row.postcode,
  address: String(row.piece).padStart(8, '0'),
  pages: row.pages,
  rank: row.position,
})
