import { MOST_DOCUMENTS } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { type ArrangedPiece, arrange } from './arrange.ts'
import { errors } from './errors.ts'
import { printFileJob } from './print-file-job.ts'
import type { PrintSettings } from './settings.ts'
import { printBasis, waitingItems } from './waiting.ts'

export interface MadeRun {
  id: number
  documents: number
  pieces: number
  sheets: number
  files: number
}

/** What was delivered to print and stands in no run yet becomes one: arranged, kept piece by piece, and handed to the jobs. */
export async function makePrintRun(app: App, settings: PrintSettings, by: number | null): Promise<MadeRun> {
  const basis = await printBasis(app)
  const items = basis ? await waitingItems(app, basis) : []
  if (!basis || items.length === 0) throw errors['interact.nothing-to-print']({})
  const pieces = arrange(items, settings, MOST_DOCUMENTS)
  return keepRun(app, pieces, {
    settings,
    by,
    kind: 'run',
    ofRun: null,
    deliverRun: basis.deliverRun,
    asOf: basis.asOf,
  })
}

export interface RunFacts {
  settings: PrintSettings
  by: number | null
  kind: 'run' | 'reprint'
  ofRun: number | null
  deliverRun: number
  asOf: string
}

/**
 * The pieces are written in one block before the run is opened for printing, so a run that is seen is whole; killed before, its
 * number is empty and its documents wait for the next one.
 */
export async function keepRun(app: App, pieces: readonly ArrangedPiece[], facts: RunFacts): Promise<MadeRun> {
  const documents = pieces.reduce((sum, piece) => sum + piece.items.length, 0)
  const counts = {
    documents,
    pieces: pieces.length,
    sheets: pieces.reduce((sum, { sheets }) => sum + sheets, 0),
    files: pieces.at(-1)?.file ?? 0,
  }
  const { id } = await app.workflow.db
    .insertInto('print_runs')
    .values({
      kind: facts.kind,
      of_run: facts.ofRun,
      state: 'failed',
      problem: 'unfinished',
      deliver_run: facts.deliverRun,
      as_of: facts.asOf,
      settings: asJson(facts.settings),
      made_by: facts.by,
      created_at: new Date(),
      ...counts,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await app.facts.insertColumns('print_pieces', rowsOf(id, pieces))
  await app.workflow.db
    .updateTable('print_runs')
    .set({ state: 'printing', problem: null })
    .where('id', '=', id)
    .execute()
  await queueFiles(app, id, counts.files)
  return { id, ...counts }
}

/** One job a file; sent again it makes only what is not there. */
export async function queueFiles(app: App, id: number, files: number): Promise<void> {
  const all = Array.from({ length: files }, (_, i) => ({ run: id, file: i + 1 }))
  await app.jobs.sendMany(printFileJob, all, { group: `print-run-${id}`, key: ({ file }) => String(file) })
}

function rowsOf(id: number, pieces: readonly ArrangedPiece[]) {
  const rows = pieces.flatMap(piece => piece.items.map((item, index) => ({ piece, item, position: index + 1 })))
  const column = (type: string, value: (row: (typeof rows)[number]) => unknown) => ({ type, values: rows.map(value) })
  return {
    print_run: column('UInt64', () => id),
    piece: column('UInt32', ({ piece }) => piece.number),
    position: column('UInt8', ({ position }) => position),
    communication_id: column('FixedString(32)', ({ item }) => item.communicationId),
    customer_id: column('UInt64', ({ item }) => item.customerId),
    envelope: column('LowCardinality(String)', ({ piece }) => piece.envelope),
    file: column('UInt32', ({ piece }) => piece.file),
    pages: column('UInt16', ({ item }) => item.pages),
    sheets: column('UInt16', ({ piece }) => piece.sheets),
    postcode: column('String', ({ item }) => item.postcode),
  }
}
