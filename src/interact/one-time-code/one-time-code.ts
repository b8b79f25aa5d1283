/**
 * One-time codes: six digits for five minutes and five tries (NIST SP 800-63B, 5.1.3.2 and 5.2.2). What is stored tells neither the
 * code nor the address, and whoever asks cannot learn from the answer whether an address is known.
 */
import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { codeErrors } from './errors.ts'

const MINUTE = 60_000
const LIFE_MS = 5 * MINUTE
/**
 * The page that used it may say it again for so long: who taps twice sends the form twice, and would be told that the code was used. The
 * challenge, 128 bits that only that page holds, makes it one use.
 */
const TAP_MS = 5_000
const TRIES = 5
/** After five wrong tries an address gets no new code for so long. */
const LOCK_MS = 15 * MINUTE
const PER_ADDRESS = { most: 3, within: 15 * MINUTE }
/** Over all purposes: nobody needs more, and nobody's telephone is to ring all day because a stranger typed its number. */
const PER_DAY = { most: 20, within: 24 * 60 * MINUTE }
/** A branch or an office shares one network address. */
const PER_NETWORK = { most: 60, within: 60 * MINUTE }

type Store = Pick<App, 'workflow'>
const hashOf = (challenge: string, code: string): string => createHmac('sha256', challenge).update(code).digest('hex')

export interface CodeRequest {
  purpose: string
  /** Normalised: E.164, or an e-mail address in lower case. */
  address: string
  /** 0 when nobody has this address: a code is made all the same and goes nowhere. */
  customerId: number
  network: string
}

/** The code is for whoever sends it; the challenge is for the browser. Throws `code.too-many`, `code.locked`. */
export async function makeCode(
  { workflow }: Store,
  { purpose, address, customerId, network }: CodeRequest,
  now = new Date(),
): Promise<{ challenge: string; code: string; expiresAt: Date }> {
  const [addressHash, networkHash] = [sha256Of(address), sha256Of(network)]
  const challenge = randomBytes(16).toString('base64url')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const expiresAt = new Date(now.getTime() + LIFE_MS)
  await workflow.transaction(async tx => {
    // One request of an address at a time, so that several at once are counted.
    await sql`SELECT pg_advisory_xact_lock(hashtext(${addressHash}))`.execute(tx)
    const since = (ms: number) => new Date(now.getTime() - ms)
    const count = async (column: 'address_hash' | 'network_hash', hash: string, ms: number, any = false) => {
      const { n, first, locked } = await tx
        .selectFrom('one_time_codes')
        .select(eb => [
          eb.fn.countAll<number>().as('n'),
          eb.fn.min('created_at').as('first'),
          sql<Date | null>`max(created_at) FILTER (WHERE tries >= ${TRIES})`.as('locked'),
        ])
        .where(column, '=', hash)
        .$if(!any, query => query.where('purpose', '=', purpose))
        .where('created_at', '>', since(ms))
        .executeTakeFirstOrThrow()
      return { n: Number(n), first, locked }
    }
    const asked = await count('address_hash', addressHash, PER_ADDRESS.within)
    if (asked.locked) throw codeErrors['code.locked']({ minutes: minutesUntil(asked.locked, LOCK_MS, now) })
    if (asked.n >= PER_ADDRESS.most)
      throw codeErrors['code.too-many']({ minutes: minutesUntil(asked.first, PER_ADDRESS.within, now) })
    const today = await count('address_hash', addressHash, PER_DAY.within, true)
    if (today.n >= PER_DAY.most)
      throw codeErrors['code.too-many']({ minutes: minutesUntil(today.first, PER_DAY.within, now) })
    const there = await count('network_hash', networkHash, PER_NETWORK.within)
    if (there.n >= PER_NETWORK.most)
      throw codeErrors['code.too-many']({ minutes: minutesUntil(there.first, PER_NETWORK.within, now) })
    // A new code takes the place of the one before.
    await tx
      .updateTable('one_time_codes')
      .set({ expires_at: now })
      .where('address_hash', '=', addressHash)
      .where('purpose', '=', purpose)
      .where('expires_at', '>', now)
      .execute()
    await tx
      .insertInto('one_time_codes')
      .values({
        challenge,
        purpose,
        address_hash: addressHash,
        network_hash: networkHash,
        customer_id: customerId,
        code_hash: hashOf(challenge, code),
        tries: 0,
        created_at: now,
        expires_at: expiresAt,
        used_at: null,
      })
      .execute()
    await tx
      .deleteFrom('one_time_codes')
      .where('created_at', '<', since(24 * 60 * MINUTE))
      .execute()
  })
  return { challenge, code, expiresAt }
}

const minutesUntil = (from: Date | string | null, ms: number, now: Date): number =>
  Math.max(1, Math.ceil((new Date(from ?? now).getTime() + ms - now.getTime()) / MINUTE))

/** The code is still the newest of its address: the one before is not sent any more. */
export async function isNewest({ workflow }: Store, challenge: string, now = new Date()): Promise<boolean> {
  const row = await workflow.db
    .selectFrom('one_time_codes')
    .select('expires_at')
    .where('challenge', '=', challenge)
    .executeTakeFirst()
  return row !== undefined && row.expires_at > now
}

/** Whose it was, once. Throws `code.wrong`, `code.locked`, `code.expired`. */
export async function useCode(
  { workflow }: Store,
  given: { purpose: string; challenge: string; code: string },
  now = new Date(),
): Promise<{ customerId: number; addressHash: string }> {
  // The try is counted before it is looked at: tries side by side are tries as well.
  const row = await workflow.db
    .updateTable('one_time_codes')
    .set(eb => ({ tries: eb('tries', '+', 1) }))
    .where('challenge', '=', given.challenge)
    .where('purpose', '=', given.purpose)
    .where('tries', '<', TRIES)
    .where(eb => eb.or([eb('used_at', 'is', null), eb('used_at', '>', new Date(now.getTime() - TAP_MS))]))
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw await whyNot(workflow, given, now)
  const right = timingSafeEqual(
    Buffer.from(row.code_hash),
    Buffer.from(hashOf(given.challenge, given.code.normalize('NFKC').replace(/\s/g, ''))),
  )
  if (!right || row.customer_id === 0) {
    if (row.tries >= TRIES) throw codeErrors['code.locked']({ minutes: minutesUntil(row.created_at, LOCK_MS, now) })
    throw codeErrors['code.wrong']({ left: TRIES - row.tries })
  }
  await workflow.db
    .updateTable('one_time_codes')
    .set({ used_at: now })
    .where('challenge', '=', given.challenge)
    .where('used_at', 'is', null)
    .execute()
  return { customerId: row.customer_id, addressHash: row.address_hash }
}

async function whyNot(workflow: App['workflow'], given: { challenge: string }, now: Date): Promise<Error> {
  const row = await workflow.db
    .selectFrom('one_time_codes')
    .select(['tries', 'created_at', 'used_at'])
    .where('challenge', '=', given.challenge)
    .executeTakeFirst()
  return row && row.tries >= TRIES && !row.used_at
    ? codeErrors['code.locked']({ minutes: minutesUntil(row.created_at, LOCK_MS, now) })
    : codeErrors['code.expired']()
}
