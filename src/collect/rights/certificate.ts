/** What was erased, when and by whom, signed; it holds counts and numbers, nothing of the person. */
import { createHash, sign, verify } from 'node:crypto'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { rightsErrors } from './errors.ts'
import { privateKeyOf, publicKeyOf, rightsKeys } from './salt.ts'

export interface CertificateBody {
  certificate: number
  request: number
  /** The number the person had here; nothing leads from it to the person any more. */
  customer: number
  requestedAt: string
  requestedBy: number
  approvedBy: number
  approvedAt: string
  erasedAt: string
  /** Rows and files by table, and how they went. */
  erased: { what: string; rows: number; how: string }[]
  /** Under a legal hold: what was kept, why and until when. */
  kept: { what: string; reason: string; until: string | null }[]
  /** Salted hashes that keep the person from coming back with a file. */
  tombstones: number
  /** Backups made before: they hold the data still. */
  backups: string[]
  /** Files outside the data folder from which the person was imported. */
  outside: string[]
  /** Old versions of rows still on disk when it was signed: 0 but for a reader that held them. */
  oldParts: number
  /** Hash of the certificate before this one. */
  previous: string
}

export interface Certificate {
  body: CertificateBody
  signature: string
  publicKey: string
  hash: string
}

type Store = Pick<App, 'workflow'>

/** Keys in one order, whichever way a store gives them back. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

export const certificateHash = (body: CertificateBody): string =>
  createHash('sha256').update(canonical(body)).digest('hex')

export async function signCertificate(app: Store, body: Omit<CertificateBody, 'previous'>): Promise<Certificate> {
  const keys = await rightsKeys(app)
  const before = await app.workflow.db
    .selectFrom('rights_certificates')
    .select('hash')
    .where('id', '<', body.certificate)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const whole: CertificateBody = { ...body, previous: before?.hash ?? '' }
  const signature = sign(null, Buffer.from(canonical(whole)), privateKeyOf(keys)).toString('base64')
  const hash = certificateHash(whole)
  await app.workflow.db
    .insertInto('rights_certificates')
    .values({ id: body.certificate, body: asJson(whole), signature, hash })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ body: asJson(whole), signature, hash }))
    .execute()
  return { body: whole, signature, publicKey: keys.publicKey, hash }
}

export async function certificateOf(app: Store, id: number): Promise<Certificate> {
  const row = await app.workflow.db
    .selectFrom('rights_certificates')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw rightsErrors['rights.no-certificate']({ certificate: id })
  const { publicKey } = await rightsKeys(app)
  return { body: row.body, signature: row.signature, publicKey, hash: row.hash }
}

/** True when nothing of it was changed since it was signed with the key it names. */
export function isGenuine({ body, signature, publicKey, hash }: Certificate): boolean {
  try {
    return (
      certificateHash(body) === hash &&
      verify(null, Buffer.from(canonical(body)), publicKeyOf(publicKey), Buffer.from(signature, 'base64'))
    )
  } catch {
    return false
  }
}
