/**
 * Keys of links in messages. One secret of this installation, and from it a key for each communication, which stands in the
 * communication's data: so the same bytes can be composed again, and whoever reads one message's data can sign nothing of another's.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { Migrations } from '../../platform/stores/workflow/index.ts'

declare module '../../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    personalize_secrets: { name: string; secret: string }
  }
}

export const linkMigrations: Migrations = {
  '2026-11-23-08-personalize-links': {
    up: db => sql`CREATE TABLE personalize_secrets (name text PRIMARY KEY, secret text NOT NULL)`.execute(db),
  },
}

type Store = Pick<App, 'workflow'>
const NAME = 'links'
const known = new WeakMap<Store['workflow'], Promise<Buffer>>()

/** Of this installation; made when first asked for. */
export function linkSecret({ workflow }: Store): Promise<Buffer> {
  const kept = known.get(workflow)
  if (kept) return kept
  const asked = readOrMake(workflow)
  known.set(workflow, asked)
  asked.catch(() => known.delete(workflow))
  return asked
}

async function readOrMake({ db }: Store['workflow']): Promise<Buffer> {
  const read = () => db.selectFrom('personalize_secrets').select('secret').where('name', '=', NAME).executeTakeFirst()
  const found = await read()
  if (found) return Buffer.from(found.secret, 'base64url')
  await db
    .insertInto('personalize_secrets')
    .values({ name: NAME, secret: randomBytes(32).toString('base64url') })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return Buffer.from((await read())!.secret, 'base64url')
}

/** Of one communication. */
export const linkKey = (secret: Uint8Array, id: string): string =>
  createHmac('sha256', secret).update(`links ${id}`).digest('base64url')
