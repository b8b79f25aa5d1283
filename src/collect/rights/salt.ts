/** The installation's own secrets for erasures: the key certificates are signed with, the salt of what is remembered of the erased. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { App } from '../../platform/app.ts'

export interface RightsKeys {
  privateKey: string
  publicKey: string
  salt: string
}

/** Made when first needed; two that make them at once end with the same. */
export async function rightsKeys({ workflow }: Pick<App, 'workflow'>): Promise<RightsKeys> {
  const read = () => workflow.db.selectFrom('rights_keys').selectAll().where('id', '=', 1).executeTakeFirst()
  let row = await read()
  if (!row) {
    const pair = generateKeyPairSync('ed25519')
    await workflow.db
      .insertInto('rights_keys')
      .values({
        id: 1,
        private_key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        public_key: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        salt: randomBytes(32).toString('hex'),
      })
      .onConflict(conflict => conflict.column('id').doNothing())
      .execute()
    row = (await read())!
  }
  return { privateKey: row.private_key, publicKey: row.public_key, salt: row.salt }
}

export const privateKeyOf = (keys: RightsKeys) => createPrivateKey(keys.privateKey)
export const publicKeyOf = (pem: string) => createPublicKey(pem)

/** As `TOMBSTONE_SQL` in skip-erased.ts makes it in the engine. */
export const tombstone = (salt: string, kind: string, value: string): string =>
  createHash('sha256').update(`${salt}:${kind}:${value}`).digest('hex')
