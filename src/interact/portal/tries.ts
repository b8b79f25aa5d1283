/** Wrong answers to what should be known to one person alone: after five the question is locked for a quarter of an hour. */

import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'

const WINDOW_MS = 15 * 60_000
const DAY_MS = 24 * 3600_000

export interface Tried {
  left: number
  /** Until it is unlocked; 0: it is not locked. */
  minutes: number
}

export interface Most {
  /** In a quarter of an hour. */
  quarter: number
  /** Somebody patient gets no more: a birth date is one of some 25,000, of which five a quarter would be 480 a day. */
  day: number
}

/** Counts a try before its answer is looked at, one of a subject at a time, so that tries side by side are tries as well. */
export async function countTry(
  { workflow }: Pick<App, 'workflow'>,
  subject: string,
  most: Most,
  now = new Date(),
): Promise<Tried> {
  const subject_hash = sha256Of(subject)
  return workflow.transaction(async tx => {
    await sql`SELECT pg_advisory_xact_lock(hashtext(${subject_hash}))`.execute(tx)
    await tx
      .deleteFrom('portal_tries')
      .where('at', '<', new Date(now.getTime() - DAY_MS))
      .execute()
    const rows = await tx
      .selectFrom('portal_tries')
      .select('at')
      .where('subject_hash', '=', subject_hash)
      .orderBy('at', 'desc')
      .limit(most.day)
      .execute()
    const lately = rows.filter(({ at }) => at.getTime() > now.getTime() - WINDOW_MS)
    const until = Math.max(
      lately.length >= most.quarter ? lately[most.quarter - 1]!.at.getTime() + WINDOW_MS : 0,
      rows.length >= most.day ? rows[most.day - 1]!.at.getTime() + DAY_MS : 0,
    )
    if (until > 0) return { left: 0, minutes: Math.max(1, Math.ceil((until - now.getTime()) / 60_000)) }
    await tx.insertInto('portal_tries').values({ subject_hash, at: now }).execute()
    return { left: Math.min(most.quarter - lately.length, most.day - rows.length) - 1, minutes: 0 }
  })
}

/** It was right: what was wrong before counts no more. */
export const forgetTries = ({ workflow }: Pick<App, 'workflow'>, subject: string): Promise<unknown> =>
  workflow.db.deleteFrom('portal_tries').where('subject_hash', '=', sha256Of(subject)).execute()

/** It was right: where many people answer, the wrong answers of others still count. */
export const takeBackTry = ({ workflow }: Pick<App, 'workflow'>, subject: string): Promise<unknown> =>
  sql`DELETE FROM portal_tries WHERE ctid = (
    SELECT ctid FROM portal_tries WHERE subject_hash = ${sha256Of(subject)} ORDER BY at DESC LIMIT 1)`.execute(
    workflow.db,
  )
