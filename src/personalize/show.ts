import type { App } from '../platform/app.ts'
import type { Data } from './compose/check-data.ts'
import { engineOf, fontsOf } from './compose/engine.ts'
import { holdReasons } from './compose/outcome.ts'
import { composers } from './composers.ts'
import { errors } from './errors.ts'
import { type ManifestRow, manifestOf } from './ledger.ts'
import { readPack, sha256 } from './spool.ts'
import { templateVersion } from './template-store.ts'

export interface Shown {
  bytes: Uint8Array
  mediaType: string
  sha256: string
  row: ManifestRow
}

const mediaTypes: Record<string, string> = {
  print: 'application/pdf',
  email: 'message/rfc822',
  sms: 'text/plain; charset=utf-8',
  call: 'application/json; charset=utf-8',
}

/** The bytes exactly as composed: made again from the ledger's manifest and checked against its hash. */
export async function show(app: App, id: string): Promise<Shown> {
  const row = await manifestOf(app, id)
  if (row.state === 'held') {
    const reason = holdReasons[row.reason as keyof typeof holdReasons]
    throw errors['personalize.held-back']({
      id,
      reason: `${reason?.en ?? row.reason} / ${reason?.zh ?? ''} ${row.reason_detail}`.trim(),
    })
  }
  const [bytes] = await composeAgain(app, [row])
  return { bytes: bytes!, mediaType: mediaTypes[row.channel] ?? 'application/octet-stream', sha256: row.sha256, row }
}

/** Bytes of rows of one template version, in their order. */
export async function composeAgain(app: App, rows: readonly ManifestRow[]): Promise<Uint8Array[]> {
  const first = rows[0]
  if (!first) return []
  const { content } = await templateVersion(app, first.template, first.template_version)
  const outcomes = await composers(app).compose(
    content,
    rows.map(row => JSON.parse(row.data) as Data),
  )
  return outcomes.map((outcome, index) => {
    const row = rows[index]!
    const now = outcome.state === 'composed' ? outcome.sha256 : outcome.detail
    if (outcome.state === 'composed' && now === row.sha256) return outcome.bytes
    const here = `${engineOf(content.manifest.channel)} ${fontsOf(content.manifest.channel)}`.trim()
    throw errors['personalize.bytes-differ']({
      id: row.communication_id,
      now,
      sent: row.sha256,
      engine: `${row.engine} ${row.fonts}`.trim(),
      here,
    })
  })
}

/** For delivery: bytes of a part from the spool where they are and are right, else composed again. Id → bytes. */
export async function bytesOf(
  app: App,
  runId: number,
  partition: number,
  rows: readonly ManifestRow[],
): Promise<Map<string, Uint8Array>> {
  const pack = await readPack(app, runId, partition)
  const found = new Map<string, Uint8Array>()
  const missing: ManifestRow[] = []
  for (const row of rows) {
    const bytes = pack?.get(row.communication_id)
    if (bytes && sha256(bytes) === row.sha256) found.set(row.communication_id, bytes)
    else missing.push(row)
  }
  const again = await composeAgain(app, missing)
  for (const [index, row] of missing.entries()) found.set(row.communication_id, again[index]!)
  return found
}
