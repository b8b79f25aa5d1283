import { z } from 'zod'
import { type MailPiece, printFile } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { defineJob } from '../../platform/jobs/index.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { writeAtomic } from '../transports/write-once.ts'
import { mailPieces, type PieceRow, piecesOfFile } from './pieces.ts'
import { takeReport } from './reports.ts'
import { fileName, runFolder } from './run-folder.ts'
import { finishRun, type PrintRun, printRun } from './run-store.ts'

/** One file for the printer, with its control file; done once, a file is not made again, so a run goes on where it was stopped. */
export const printFileJob = defineJob({
  name: 'interact.print-file',
  version: 1,
  schema: z.object({ run: z.number(), file: z.number() }),
  concurrency: 2,
  retry: { limit: 2, delaySeconds: 5 },
  expireSeconds: 1800,
  async handle({ run, file }, { services: { app } }) {
    const known = await printRun(app, run)
    const done = await app.workflow.db
      .selectFrom('print_run_files')
      .select('file')
      .where('run_id', '=', run)
      .where('file', '=', file)
      .executeTakeFirst()
    if (!done) await makeFile(app, known, file)
    await finishRun(app, run)
  },
})

async function makeFile(app: App, run: PrintRun, file: number): Promise<void> {
  const rows = await piecesOfFile(app, run.id, file)
  let pieces = await mailPieces(app, rows)
  const envelope = rows[0]?.envelope ?? ''
  const name = fileName(run.id, envelope, file)
  const folder = runFolder(app, run.id)
  const job = `${run.kind === 'reprint' ? 'R' : 'P'}${String(run.id).padStart(7, '0')}`
  const base = { job, date: run.asOf, duplex: run.settings.duplex }
  if (file === 1 && run.settings.proofs > 0) {
    const proof = {
      ...base,
      name: `${name}-proof`,
      pieces: pieces.slice(0, run.settings.proofs),
      banner: [],
      proof: 'PROOF 样张',
    }
    await writeAtomic(folder, { name: `${name}-proof.pdf`, content: (await printFile(app, proof)).bytes })
  }
  const printed = () => rows.filter(({ piece }) => pieces.some(({ number }) => number === piece))
  const set = () => printFile(app, { ...base, name, pieces, banner: bannerOf(run, printed(), pieces), proof: '' })
  let made = await set()
  if (made.left.length > 0) {
    // Their neighbours are printed, with a banner that counts them alone; whoever works the run finds these as missing.
    const left = new Map(made.left.map(each => [each.piece, each]))
    pieces = pieces.filter(({ number }) => !left.has(number))
    made = await set()
    const notes = [...left.values()].map(({ piece, id, reason, detail }) => ({
      piece,
      state: 'missing',
      note: `${id}: ${reason} ${detail}`.slice(0, 500),
    }))
    await takeReport(app, run.id, notes)
  }
  await writeAtomic(folder, { name: `${name}.pdf`, content: made.bytes })
  const control = controlFile(job, rows, pieces, made.pieces)
  await writeAtomic(folder, { name: `${name}.csv`, content: Buffer.from(control) })
  await app.workflow.db
    .insertInto('print_run_files')
    .values({
      run_id: run.id,
      file,
      name,
      envelope,
      first_piece: rows[0]?.piece ?? 0,
      last_piece: rows.at(-1)?.piece ?? 0,
      pieces: pieces.length,
      documents: pieces.reduce((sum, piece) => sum + piece.documents.length, 0),
      sheets: made.pieces.reduce((sum, { sheets }) => sum + sheets, 0),
      pages: made.pages,
      size: made.bytes.length,
      sha256: sha256Of(made.bytes),
      made_at: new Date(),
    })
    .onConflict(conflict => conflict.columns(['run_id', 'file']).doNothing())
    .execute()
}

const bannerOf = (run: PrintRun, rows: readonly PieceRow[], pieces: readonly MailPiece[]): string[] => [
  `${run.kind === 'reprint' ? 'Reprint 补打' : 'Print run 打印作业'} ${run.id}   ${run.asOf}`,
  `Envelope 信封  ${rows[0]?.envelope ?? ''}`,
  `Pieces 信件  ${rows[0]?.piece ?? 0} – ${rows.at(-1)?.piece ?? 0}   (${pieces.length})`,
  `Sheets 张  ${[...new Map(rows.map(row => [row.piece, row.sheets])).values()].reduce((sum, sheets) => sum + sheets, 0)}`,
  `Postcodes 邮编  ${rows[0]?.postcode || '–'} – ${rows.at(-1)?.postcode || '–'}`,
]

/**
 * What the inserter checks the marks against, a line a piece (RFC 4180). No name and no address: a lost sheet is told by its
 * number, and the file may lie in the hall.
 */
function controlFile(
  job: string,
  rows: readonly PieceRow[],
  pieces: readonly MailPiece[],
  places: readonly { number: number; firstPage: number; sheets: number }[],
): string {
  const byPiece = Map.groupBy(rows, row => row.piece)
  const placeOf = new Map(places.map(place => [place.number, place]))
  const lines = pieces.map(({ number, documents, inserts }) => {
    const place = placeOf.get(number)
    const first = byPiece.get(number)?.[0]
    const ids = documents.map(({ id }) => id).join(' ')
    return [
      job,
      number,
      place?.sheets,
      documents.length,
      inserts,
      place?.firstPage,
      first?.envelope,
      first?.postcode,
      ids,
    ].join(',')
  })
  return ['job,piece,sheets,documents,inserts,first_page,envelope,postcode,communications', ...lines, ''].join('\r\n')
}
