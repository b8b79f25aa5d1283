import type { App } from '../platform/app.ts'
import type { Data } from './compose/check-data.ts'
import { engineOf, fontsOf } from './compose/engine.ts'
import { holdReasons, type Outcome } from './compose/outcome.ts'
import { openComposePool } from './compose/pool.ts'
import type { TemplateVersion } from './compose/template.ts'
import { composers, endComposers } from './composers.ts'
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
  if (row.reason === 'erased') throw errors['personalize.erased']({ id })
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
  const outcomes = await composers(app).compose(content, rows.map(dataOf))
  const here = `${engineOf(content.manifest.channel)} ${fontsOf(content.manifest.channel)}`.trim()
  const found: Uint8Array[] = []
  for (const [index, row] of rows.entries()) {
    const bytes = asSent(outcomes[index], row) ?? asSent(await composeAlone(app, content, row), row)
    if (bytes) found.push(bytes)
    else {
      const now = outcomes[index]?.state === 'composed' ? outcomes[index].sha256 : (outcomes[index]?.detail ?? '')
      const engine = `${row.engine} ${row.fonts}`.trim()
      throw errors['personalize.bytes-differ']({ id: row.communication_id, now, sent: row.sha256, engine, here })
    }
  }
  return found
}

const dataOf = (row: ManifestRow): Data => JSON.parse(row.data) as Data

const asSent = (outcome: Outcome | undefined, row: ManifestRow): Uint8Array | undefined =>
  outcome?.state === 'composed' && outcome.sha256 === row.sha256 ? outcome.bytes : undefined

/**
 * The print engine keeps what it laid out before. Should that ever show in a document, a thread that has composed nothing else
 * decides, and the others are ended.
 */
async function composeAlone(app: App, content: TemplateVersion, row: ManifestRow): Promise<Outcome | undefined> {
  app.log.warn({ communication: row.communication_id }, 'composed again with other bytes; trying in a fresh thread')
  await endComposers(app)
  const fresh = openComposePool(1)
  try {
    return (await fresh.compose(content, [dataOf(row)]))[0]
  } finally {
    await fresh.close()
  }
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
