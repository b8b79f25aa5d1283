import { MOST_DOCUMENTS } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { arrange, type PrintItem } from './arrange.ts'
import { errors } from './errors.ts'
import { keepRun, type MadeRun } from './make-run.ts'
import { type PieceRow, piecesOf } from './pieces.ts'
import { spoiled, writeReports } from './reports.ts'
import { printRun } from './run-store.ts'

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
  await writeReports(
    app,
    id,
    pieces.map(piece => ({ piece, state: 'reprinted', note: String(made.id) })),
  )
  return made
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
