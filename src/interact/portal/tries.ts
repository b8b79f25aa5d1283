/** Wrong answers to what should be known to one person alone: after five the question is locked for a quarter of an hour. */

import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'

const WINDOW_MS = 15 * 60_000
const DAY_MS = 24 * 3600_000

export interface Tried {
  left: number
  /** Until it is unlocked; 0: it is not locked. */
  minutes: number
}

/** Counts a try before its answer is looked at, so that tries side by side are tries as well. */
export async function countTry(
  { workflow }: Pick<App, 'workflow'>,
  subject: string,
  most: number,
  now = new Date(),
): Promise<Tried> {
  const subject_hash = sha256Of(subject)
  const since = new Date(now.getTime() - WINDOW_MS)
  await workflow.db
    .deleteFrom('portal_tries')
    .where('at', '<', new Date(now.getTime() - DAY_MS))
    .execute()
  const { n, first } = await workflow.db
    .selectFrom('portal_tries')
    .select(eb => [eb.fn.countAll<number>().as('n'), eb.fn.min('at').as('first')])
    .where('subject_hash', '=', subject_hash)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  if (Number(n) >= most) {
    const until = new Date(first ?? now).getTime() + WINDOW_MS
    return { left: 0, minutes: Math.max(1, Math.ceil((until - now.getTime()) / 60_000)) }
  }
  await workflow.db.insertInto('portal_tries').values({ subject_hash, at: now }).execute()
  return { left: most - Number(n) - 1, minutes: 0 }
}

/** It was right: what was wrong before counts no more. */
export const forgetTries = ({ workflow }: Pick<App, 'workflow'>, subject: string): Promise<unknown> =>
  workflow.db.deleteFrom('portal_tries').where('subject_hash', '=', sha256Of(subject)).execute()
