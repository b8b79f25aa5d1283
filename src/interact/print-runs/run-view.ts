import type { App } from '../../platform/app.ts'
import type { PrintRunDetail, PrintRunList, PrintRunView } from './api.ts'
import { reportCounts } from './reports.ts'
import { filesOf, type PrintRun, printRun, printRuns } from './run-store.ts'
import { printSettingsSchema } from './settings.ts'
import { printBasis, waitingCount } from './waiting.ts'

/** Newer runs are what people look for; older ones are found by number. */
const LISTED = 200

export async function runList(app: App): Promise<PrintRunList> {
  const [runs, basis] = await Promise.all([printRuns(app, LISTED), printBasis(app)])
  return {
    rows: await Promise.all(runs.map(run => runView(app, run))),
    waiting: basis ? await waitingCount(app, basis) : 0,
    // As the last run was made.
    settings: runs.find(({ kind }) => kind === 'run')?.settings ?? printSettingsSchema.parse({}),
  }
}

export async function runView(app: App, run: PrintRun): Promise<PrintRunView> {
  const filesDone = run.state === 'printed' ? run.files : (await filesOf(app, run.id)).length
  const failed = run.state === 'printing' ? (await app.jobs.progress({ group: `print-run-${run.id}` })).failed : 0
  return {
    id: run.id,
    kind: run.kind,
    ofRun: run.ofRun,
    state: failed > 0 ? 'failed' : run.state,
    asOf: run.asOf,
    documents: run.documents,
    pieces: run.pieces,
    sheets: run.sheets,
    files: run.files,
    filesDone,
    problem: run.problem,
    createdAt: run.createdAt.toISOString(),
  }
}

export async function runDetail(app: App, id: number): Promise<PrintRunDetail> {
  const run = await printRun(app, id)
  const [view, files, reports] = await Promise.all([runView(app, run), filesOf(app, id), reportCounts(app, run)])
  return {
    ...view,
    settings: run.settings,
    reports,
    made: files.map(file => ({
      file: file.file,
      name: file.name,
      envelope: file.envelope,
      firstPiece: file.first_piece,
      lastPiece: file.last_piece,
      pieces: file.pieces,
      documents: file.documents,
      sheets: file.sheets,
      pages: file.pages,
      size: Number(file.size),
      sha256: file.sha256,
    })),
  }
}
