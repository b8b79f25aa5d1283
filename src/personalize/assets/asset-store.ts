import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import type { assetChange, assetRow } from './api.ts'
import { checkAsset } from './check-asset.ts'
import { errors } from './errors.ts'
import { isFont, mediaTypeOf } from './kind.ts'

type Store = Pick<App, 'workflow'>
type Row = z.infer<typeof assetRow>

export interface Given {
  name: string
  licence: string
  alt: Text
  userId: number
}

/** Checks and keeps a file. The same bytes again are the same asset: its first name and licence stay. */
export async function storeAsset(app: Store, bytes: Buffer, given: Given): Promise<{ asset: Row; known: boolean }> {
  const checked = await checkAsset(given.name, bytes)
  if (isFont(checked.kind) && given.licence.trim() === '') throw errors['assets.licence-missing']({ name: given.name })
  const done = await app.workflow.db
    .insertInto('content_assets')
    .values({
      id: checked.id,
      name: given.name,
      kind: checked.kind,
      bytes,
      size: bytes.length,
      width: checked.size.width,
      height: checked.size.height,
      font: checked.font ? asJson(checked.font) : null,
      alt: asJson(given.alt),
      licence: given.licence.trim(),
      uploaded_by: given.userId,
      uploaded_at: new Date(),
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .executeTakeFirst()
  return { asset: await asset(app, checked.id), known: Number(done.numInsertedOrUpdatedRows ?? 0) === 0 }
}

/** Everything but the bytes. */
const about = (app: Store) =>
  app.workflow.db
    .selectFrom('content_assets')
    .leftJoin('users', 'users.id', 'content_assets.uploaded_by')
    .select([
      'content_assets.id',
      'content_assets.name',
      'content_assets.kind',
      'content_assets.size',
      'content_assets.width',
      'content_assets.height',
      'content_assets.font',
      'content_assets.alt',
      'content_assets.licence',
      'content_assets.uploaded_at',
      'users.name as by',
    ])

type About = Awaited<ReturnType<ReturnType<typeof about>['execute']>>[number]

export async function asset(app: Store, id: string): Promise<Row> {
  const row = await about(app).where('content_assets.id', '=', id).executeTakeFirst()
  if (!row) throw errors['assets.not-found']({ id })
  return rowOf(row)
}

export interface AssetQuery {
  kind?: 'picture' | 'font' | undefined
  words?: string | undefined
  offset: number
  limit: number
}

export async function assets(
  app: Store,
  { kind, words, offset, limit }: AssetQuery,
): Promise<{ total: number; rows: Row[] }> {
  let found = about(app)
  if (kind) found = found.where('content_assets.kind', kind === 'font' ? 'in' : 'not in', ['ttf', 'otf'])
  if (words) found = found.where('content_assets.name', 'ilike', `%${words.replace(/[\\%_]/g, '\\$&')}%`)
  const rows = await found.orderBy('content_assets.uploaded_at', 'desc').execute()
  return { total: rows.length, rows: rows.slice(offset, offset + limit).map(rowOf) }
}

export async function changeAsset(app: Store, id: string, change: z.infer<typeof assetChange>): Promise<Row> {
  const now = await asset(app, id)
  if (now.font && change.licence?.trim() === '') throw errors['assets.licence-missing']({ name: now.name })
  const set = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.licence === undefined ? {} : { licence: change.licence }),
    ...(change.alt === undefined ? {} : { alt: asJson(change.alt) }),
  }
  if (Object.keys(set).length > 0)
    await app.workflow.db.updateTable('content_assets').set(set).where('id', '=', id).execute()
  return asset(app, id)
}

export interface AssetBytes {
  bytes: Uint8Array
  mediaType: string
  name: string
}

export async function assetBytes(app: Store, id: string): Promise<AssetBytes> {
  const row = await app.workflow.db
    .selectFrom('content_assets')
    .select(['bytes', 'kind', 'name'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw errors['assets.not-found']({ id })
  return { bytes: row.bytes, mediaType: mediaTypeOf[row.kind], name: row.name }
}

function rowOf({ uploaded_at, by, font, ...row }: About): Row {
  return {
    ...row,
    mediaType: mediaTypeOf[row.kind],
    font: font && {
      family: font.family,
      style: font.style,
      copyright: font.copyright,
      licence: font.licence,
      latin: font.latin,
      chinese: font.chinese,
    },
    uploadedBy: by ?? '',
    uploadedAt: uploaded_at.toISOString(),
  }
}
