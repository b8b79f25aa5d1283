import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { errors } from './errors.ts'
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
  await writeReports(app, id, parsed)
  return Object.fromEntries([...Map.groupBy(parsed, row => row.state)].map(([state, of]) => [state, of.length]))
}

export const writeReports = (
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

/** Pieces last reported damaged or missing. */
export async function spoiled(app: App, id: number): Promise<number[]> {
  const rows = await app.facts.query<{ piece: number }>(
    `SELECT piece FROM (${NEWEST}) WHERE state IN ('damaged', 'missing') ORDER BY piece`,
    { run: id },
  )
  return rows.map(row => row.piece)
}
