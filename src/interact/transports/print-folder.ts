import { join } from 'node:path'
import { sha256Of } from '../../platform/sha256.ts'
import type { DeliveryRun, Transport } from './transport.ts'
import { writeAtomic, writeOnce } from './write-once.ts'

const folderOf = ({ app, runId }: DeliveryRun): string => join(app.config.dataDir, 'out', 'print', String(runId))

/**
 * Documents for the printer: `out/print/<run>/<id>.pdf`. `manifest.jsonl` lists every piece and `control.json` the counts that
 * must come out of the machine again; both are written last, so a folder without them is not finished.
 */
export const printFolder: Transport = {
  name: 'print-folder',
  channel: 'print',
  async deliver(run, batch) {
    const folder = folderOf(run)
    const name = (id: string) => `${id}.pdf`
    await writeOnce(
      { unfinished: join(folder, '.tmp'), done: folder },
      batch.map(({ id, bytes }) => ({ name: name(id), content: bytes })),
    )
    return batch.map(({ id }) => ({ id, state: 'settled', receipt: name(id), reason: '' }))
  },

  async finish(run) {
    const pieces = await run.app.facts.query<Piece>(SETTLED_PIECES, {
      deliverRun: run.runId,
      composeRun: run.composeRun,
    })
    if (pieces.length === 0) return
    const lines = pieces.map(({ id, kind, sha256, pages, size, address }) =>
      JSON.stringify({ id, file: `${id}.pdf`, kind, sha256, pages, sheets: Math.ceil(pages / 2), size, address }),
    )
    const manifest = Buffer.from(lines.map(line => `${line}\n`).join(''))
    const sum = (value: (piece: Piece) => number) => pieces.reduce((total, piece) => total + value(piece), 0)
    const control = {
      turn: run.turnId,
      asOf: run.asOf,
      pieces: pieces.length,
      pages: sum(({ pages }) => pages),
      // Printed on both sides.
      sheets: sum(({ pages }) => Math.ceil(pages / 2)),
      bytes: sum(({ size }) => size),
      manifestSha256: sha256Of(manifest),
    }
    await writeAtomic(folderOf(run), { name: 'manifest.jsonl', content: manifest })
    await writeAtomic(folderOf(run), {
      name: 'control.json',
      content: Buffer.from(`${JSON.stringify(control, null, 2)}\n`),
    })
  },
}

interface Piece {
  id: string
  kind: string
  sha256: string
  pages: number
  size: number
  address: string
}

const SETTLED_PIECES = `
SELECT communication_id AS id, toString(kind) AS kind, sha256, pages, size, address
FROM communications
WHERE run_id = {composeRun:UInt64} AND channel = 'print' AND state = 'composed'
  AND communication_id IN (
    SELECT communication_id FROM deliveries WHERE run_id = {deliverRun:UInt64} AND channel = 'print' AND state = 'settled'
  )
ORDER BY kind, customer_id, communication_id
LIMIT 1 BY communication_id`
