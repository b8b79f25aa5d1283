import { randomBytes } from 'node:crypto'
import { type Generated, sql } from 'kysely'
import type { App } from '../app.ts'
import { defineErrors } from '../errors.ts'
import { sha256Of } from '../sha256.ts'
import type { Instant, Migrations } from '../stores/workflow/index.ts'

/** Keys of machines. A session is a person's; another system shows a key that is good for what it is made for. */
export const machineScopes = [
  'events.write',
  'changes.read',
  'customers.match',
  'records.write',
  'calls.write',
] as const
export type MachineScope = (typeof machineScopes)[number]

export interface ApiKey {
  keyId: number
  name: string
  /** First characters, to tell keys apart. */
  start: string
  scopes: MachineScope[]
  createdAt: Date
  lastUsedAt: Date | null
  revokedAt: Date | null
}

interface ApiKeysTable {
  key_id: Generated<number>
  name: string
  start: string
  /** SHA-256 of the key: it is shown once, when it is made. */
  key_hash: string
  scopes: string[]
  created_by: number
  created_at: Instant
  last_used_at: Instant | null
  revoked_at: Instant | null
}

declare module '../stores/workflow/schema.ts' {
  interface WorkflowSchema {
    api_keys: ApiKeysTable
  }
}

export const apiKeyMigrations: Migrations = {
  '2026-11-22-08-platform-api-keys': {
    up: db =>
      sql`CREATE TABLE api_keys (key_id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, start text NOT NULL,
        key_hash text NOT NULL UNIQUE, scopes text[] NOT NULL, created_by int8 NOT NULL, created_at timestamptz NOT NULL,
        last_used_at timestamptz, revoked_at timestamptz)`.execute(db),
  },
}

export const keyErrors = defineErrors({
  'auth.no-key': { status: 404, en: 'There is no key {key}.', zh: '没有编号为 {key} 的密钥。' },
})

export const KEY_PREFIX = 'hyk_'
/** When a key was last used is written at most so often. */
const NOTE_EVERY_MS = 60_000

type Store = Pick<App, 'workflow'>

/** A new key (256 random bits); the token is not kept and cannot be shown again. */
export async function makeKey(
  { workflow }: Store,
  key: { name: string; scopes: readonly MachineScope[]; userId: number },
): Promise<{ keyId: number; token: string }> {
  const token = KEY_PREFIX + randomBytes(32).toString('base64url')
  const { key_id } = await workflow.db
    .insertInto('api_keys')
    .values({
      name: key.name,
      start: token.slice(0, 10),
      key_hash: sha256Of(token),
      scopes: [...key.scopes],
      created_by: key.userId,
      created_at: new Date(),
      last_used_at: null,
      revoked_at: null,
    })
    .returning('key_id')
    .executeTakeFirstOrThrow()
  return { keyId: key_id, token }
}

const columns = ['key_id', 'name', 'start', 'scopes', 'created_at', 'last_used_at', 'revoked_at'] as const

interface KeyRow {
  key_id: number
  name: string
  start: string
  scopes: string[]
  created_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
}

const toKey = (row: KeyRow): ApiKey => ({
  keyId: row.key_id,
  name: row.name,
  start: row.start,
  scopes: machineScopes.filter(scope => row.scopes.includes(scope)),
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
})

/** The key of a token; null when there is none or it was taken back, which holds from the next request on. */
export async function keyOf({ workflow }: Store, token: string): Promise<ApiKey | null> {
  const row = await workflow.db
    .selectFrom('api_keys')
    .select(columns)
    .where('key_hash', '=', sha256Of(token))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  if (!row.last_used_at || Date.now() - row.last_used_at.getTime() > NOTE_EVERY_MS)
    await workflow.db
      .updateTable('api_keys')
      .set({ last_used_at: new Date() })
      .where('key_id', '=', row.key_id)
      .execute()
  return toKey(row)
}

export async function listKeys({ workflow }: Store): Promise<ApiKey[]> {
  const rows = await workflow.db.selectFrom('api_keys').select(columns).orderBy('key_id', 'desc').execute()
  return rows.map(toKey)
}

export async function revokeKey({ workflow }: Store, keyId: number): Promise<void> {
  const { numUpdatedRows } = await workflow.db
    .updateTable('api_keys')
    .set({ revoked_at: new Date() })
    .where('key_id', '=', keyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw keyErrors['auth.no-key']({ key: keyId })
}
