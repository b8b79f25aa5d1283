/**
 * Passwords and keys of channels. The workflow store holds them sealed with AES-256-GCM under a key that lies in the data folder and
 * nowhere else, so that a dump of the store gives nothing away; no answer of the API holds them, sealed or not.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../../platform/app.ts'
import { errors } from '../errors.ts'

type Dir = Pick<App, 'config'>

async function keyOf({ config }: Dir): Promise<Buffer> {
  const folder = join(config.dataDir, 'keys')
  const path = join(folder, 'channels.key')
  const read = () => readFile(path).catch(() => undefined)
  const found = await read()
  if (found?.length === 32) return found
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = join(folder, `.channels.${randomBytes(6).toString('hex')}`)
  await writeFile(draft, randomBytes(32), { mode: 0o600 })
  // Whoever links first has made the key; the others take that one.
  await link(draft, path).catch(() => undefined)
  await rm(draft, { force: true })
  const made = await read()
  if (made?.length !== 32) throw errors['interact.no-key']({ path })
  return made
}

export type Secrets = Readonly<Record<string, string>>

export async function seal(app: Dir, secrets: Secrets): Promise<string> {
  if (Object.keys(secrets).length === 0) return ''
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await keyOf(app), iv)
  const text = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()])
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')}`
}

/** Throws when the data folder's key is another one than they were sealed with. */
export async function unseal(app: Dir, sealed: string): Promise<Secrets> {
  if (sealed === '') return {}
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', await keyOf(app), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  try {
    return JSON.parse(
      Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'),
    ) as Secrets
  } catch (error) {
    throw errors['interact.secrets-unreadable']({}, error)
  }
}
