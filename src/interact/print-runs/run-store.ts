import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { dropToPrintShops } from '../channels/sftp/drop-job.ts'
import { writeAtomic } from '../transports/write-once.ts'
import { errors } from './errors.ts'
import { runFolder, runPath } from './run-folder.ts'
import type { PrintSettings } from './settings.ts'
import type { PrintRunState } from './tables.ts'

export interface PrintRun {
  id: number
  kind: 'run' | 'reprint'
  ofRun: number | null
  state: PrintRunState
  deliverRun: number
  asOf: string
  settings: PrintSettings
  documents: number
  pieces: number
  sheets: number
  files: number
  problem: string | null
  createdAt: Date
}

type Store = Pick<App, 'workflow'>

const runs = (app: Store) =>
  app.workflow.db
    .selectFrom('print_runs')
    .select(['id', 'kind', 'of_run as ofRun', 'state', 'deliver_run as deliverRun', 'as_of as asOf', 'settings'])
    .select(['documents', 'pieces', 'sheets', 'files', 'problem', 'created_at as createdAt'])

export async function printRun(app: Store, id: number): Promise<PrintRun> {
  const row = await runs(app).where('id', '=', id).executeTakeFirst()
  if (!row) throw errors['interact.no-print-run']({ id: String(id) })
  return row
}

/** Newest first. One that was killed while its pieces were written is none. */
export const printRuns = (app: Store, limit: number): Promise<PrintRun[]> =>
  runs(app).where('problem', 'is distinct from', 'unfinished').orderBy('id', 'desc').limit(limit).execute()

export const filesOf = (app: Store, id: number) =>
  app.workflow.db.selectFrom('print_run_files').selectAll().where('run_id', '=', id).orderBy('file').execute()

/** Once every file is there: what went in came out, said in the manifest, and the run is printed. */
export async function finishRun(app: App, id: number): Promise<void> {
  const [run, files] = await Promise.all([printRun(app, id), filesOf(app, id)])
  if (run.state === 'printed' || files.length < run.files) return
  const sum = (value: (file: (typeof files)[number]) => number) => files.reduce((total, file) => total + value(file), 0)
  const totals = {
    documents: sum(file => file.documents),
    pieces: sum(file => file.pieces),
    sheets: sum(file => file.sheets),
  }
  // Fewer only where a person was erased between arranging and printing; the manifest says how many.
  const manifest = {
    run: id,
    kind: run.kind,
    ...(run.ofRun === null ? {} : { of: run.ofRun }),
    asOf: run.asOf,
    arranged: { documents: run.documents, pieces: run.pieces, sheets: run.sheets },
    printed: totals,
    erased: run.documents - totals.documents,
    files: files.map(file => ({
      name: `${file.name}.pdf`,
      envelope: file.envelope,
      pieces: file.pieces,
      documents: file.documents,
      sheets: file.sheets,
      pages: file.pages,
      size: Number(file.size),
      sha256: file.sha256,
    })),
  }
  const content = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  await writeAtomic(runFolder(app, id), { name: 'manifest.json', content })
  const digest = sha256Of(content)
  await writeAtomic(runFolder(app, id), {
    name: 'manifest.json.sha256',
    content: Buffer.from(`${digest}  manifest.json\n`),
  })
  // Before the run counts as printed: killed in between it is dropped twice, which is once.
  await dropToPrintShops(app, 'runs', runPath(id), `print-${id}`)
  await app.workflow.db
    .updateTable('print_runs')
    .set({ state: 'printed', problem: null })
    .where('id', '=', id)
    .execute()
}
