import type { App } from '../platform/app.ts'
import { sha256Of } from '../platform/sha256.ts'
import { archiveErrors } from './archive/errors.ts'
import { keptBytes } from './archive/keep-bytes.ts'
import { archiveRules } from './archive/rules.ts'
import { withAssets } from './assets/with-assets.ts'
import type { Data } from './compose/check-data.ts'
import { engineOf, fontsOf } from './compose/engine.ts'
import { holdReasons, type Outcome } from './compose/outcome.ts'
import { openComposePool } from './compose/pool.ts'
import type { TemplateVersion } from './compose/template.ts'
import { composers, endComposers } from './composers.ts'
import { errors } from './errors.ts'
import { carriedIn } from './kinds/with-document.ts'
import { type ManifestRow, manifestOf } from './ledger.ts'
import { enclosedIn } from './letters/enclosures.ts'
import { wholeVersion } from './letters/whole-version.ts'
import { readPack } from './spool.ts'
import { templateVersion } from './template-store.ts'

export interface Shown {
  /** kept: the very bytes, from the archive; composed: made again and the same. */
  from: 'kept' | 'composed'
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
  portal: 'text/html; charset=utf-8',
  kiosk: 'text/html; charset=utf-8',
}

/** The bytes exactly as composed: kept, or made again from the ledger's manifest; checked against its hash either way. */
export async function show(app: App, id: string): Promise<Shown> {
  const row = await manifestOf(app, id)
  if (row.reason === 'erased') throw errors['personalize.erased']({ id })
  if (row.reason === 'expired') throw await pastRetention(app, row)
  if (row.state === 'held') {
    const reason = holdReasons[row.reason as keyof typeof holdReasons]
    throw errors['personalize.held-back']({
      id,
      reason: `${reason?.en ?? row.reason} / ${reason?.zh ?? ''} ${row.reason_detail}`.trim(),
    })
  }
  const kept = await keptBytes(app, id, row.sha256)
  const bytes = kept ?? (await composeAgain(app, [row]))[0]!
  const mediaType = mediaTypes[row.channel] ?? 'application/octet-stream'
  return { from: kept ? 'kept' : 'composed', bytes, mediaType, sha256: row.sha256, row }
}

async function pastRetention(app: App, { communication_id: id, kind }: ManifestRow): Promise<Error> {
  const years = (await archiveRules(app)).get(kind)?.years ?? '–'
  return archiveErrors['archive.past-retention']({ id, kind, years })
}

/** Bytes of rows, in their order. */
export async function composeAgain(app: App, rows: readonly ManifestRow[]): Promise<Uint8Array[]> {
  const alike = Map.groupBy(rows, row =>
    JSON.stringify([row.template, row.template_version, carriedIn(dataOf(row)) ?? null, enclosedIn(dataOf(row))]),
  )
  const found = new Map<ManifestRow, Uint8Array>()
  for (const some of alike.values())
    for (const [index, bytes] of (await composeAlike(app, some, some[0]!)).entries()) found.set(some[index]!, bytes)
  return rows.map(row => found.get(row)!)
}

/** Of rows of one template version that carry the same document. */
async function composeAlike(app: App, rows: readonly ManifestRow[], first: ManifestRow): Promise<Uint8Array[]> {
  const { content } = await templateVersion(app, first.template, first.template_version)
  const whole = await wholeVersion(app, content, dataOf(first))
  const outcomes = await composers(app).compose(whole, rows.map(dataOf))
  const here = `${engineOf(content.manifest.channel)} ${fontsOf(content.manifest.channel)}`.trim()
  const found: Uint8Array[] = []
  for (const [index, row] of rows.entries()) {
    const bytes =
      asSent(outcomes[index], row) ??
      (await keptBytes(app, row.communication_id, row.sha256)) ??
      asSent(await composeAlone(app, whole, row), row)
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
    return (await fresh.compose(await withAssets(app, content), [dataOf(row)]))[0]
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
    if (bytes && sha256Of(bytes) === row.sha256) found.set(row.communication_id, bytes)
    else missing.push(row)
  }
  const again = await composeAgain(app, missing)
  for (const [index, row] of missing.entries()) found.set(row.communication_id, again[index]!)
  return found
}
