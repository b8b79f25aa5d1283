/** Devices that stand in branches: paired once by a code that staff reads out, and taken back at any time. */

import { randomInt } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { sha256Of } from '../../platform/sha256.ts'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { portalErrors } from '../portal/errors.ts'
import { newToken } from '../portal/sessions.ts'

export const DEVICE_COOKIE = 'huiyin_kiosk_device'
const CODE_MS = 15 * 60_000
/** `seen_at` is for people: once a minute is enough. */
const SEEN_MS = 60_000

export type Kiosk = Selectable<WorkflowSchema['kiosks']>
type Store = Pick<App, 'workflow'>

const newCode = (): string => String(randomInt(100_000_000)).padStart(8, '0')

export async function kioskOfDevice({ workflow }: Store, token: string | undefined): Promise<Kiosk | null> {
  if (!token) return null
  const kiosk = await workflow.db
    .selectFrom('kiosks')
    .selectAll()
    .where('device_hash', '=', sha256Of(token))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (!kiosk) return null
  if (Date.now() - (kiosk.seen_at?.getTime() ?? 0) > SEEN_MS)
    await workflow.db
      .updateTable('kiosks')
      .set({ seen_at: new Date() })
      .where('kiosk_id', '=', kiosk.kiosk_id)
      .execute()
  return kiosk
}

export const listKiosks = ({ workflow }: Store): Promise<Kiosk[]> =>
  workflow.db.selectFrom('kiosks').selectAll().orderBy('revoked_at', 'desc').orderBy('name').limit(1000).execute()

export async function addKiosk(app: Store, name: string, userId: number): Promise<{ kioskId: number; code: string }> {
  const { kiosk_id: kioskId } = await app.workflow.db
    .insertInto('kiosks')
    .values({
      name,
      code_hash: null,
      code_until: null,
      device_hash: null,
      paired_at: null,
      seen_at: null,
      created_by: userId,
      created_at: new Date(),
      revoked_at: null,
    })
    .returning('kiosk_id')
    .executeTakeFirstOrThrow()
  await audit(app, { userId, action: 'kiosk.add', object: `kiosk/${kioskId}` })
  return { kioskId, code: await codeFor(app, kioskId, userId) }
}

/** The code takes the place of the one before; the device that is paired goes on until another is. */
export async function codeFor(app: Store, kioskId: number, userId: number): Promise<string> {
  const code = newCode()
  const row = await app.workflow.db
    .updateTable('kiosks')
    .set({ code_hash: sha256Of(code), code_until: new Date(Date.now() + CODE_MS) })
    .where('kiosk_id', '=', kioskId)
    .where('revoked_at', 'is', null)
    .returning('kiosk_id')
    .executeTakeFirst()
  if (!row) throw portalErrors['kiosks.missing']({ kiosk: kioskId })
  await audit(app, { userId, action: 'kiosk.code', object: `kiosk/${kioskId}` })
  return code
}

/** What the device keeps; null: no kiosk waits for this code. */
export async function pair({ workflow }: Store, code: string, now = new Date()): Promise<string | null> {
  const token = newToken()
  const row = await workflow.db
    .updateTable('kiosks')
    .set({ code_hash: null, code_until: null, device_hash: sha256Of(token), paired_at: now, seen_at: now })
    .where('code_hash', '=', sha256Of(code.normalize('NFKC').replace(/\D/g, '')))
    .where('code_until', '>', now)
    .where('revoked_at', 'is', null)
    .returning('kiosk_id')
    .executeTakeFirst()
  return row ? token : null
}

/** Whoever is signed in at it is signed out with it. */
export async function revoke(app: Store, kioskId: number, userId: number): Promise<void> {
  const row = await app.workflow.db
    .updateTable('kiosks')
    .set({ revoked_at: new Date(), device_hash: null, code_hash: null, code_until: null })
    .where('kiosk_id', '=', kioskId)
    .where('revoked_at', 'is', null)
    .returning('kiosk_id')
    .executeTakeFirst()
  if (!row) throw portalErrors['kiosks.missing']({ kiosk: kioskId })
  await app.workflow.db.deleteFrom('portal_sessions').where('kiosk_id', '=', kioskId).execute()
  await audit(app, { userId, action: 'kiosk.revoke', object: `kiosk/${kioskId}` })
}
