/**
 * Only one writer brings data in at a time, whichever process it is in: what is new is told by comparing with what is committed,
 * and whatever else says "running" when a writer begins belonged to one that died. The writer renews its row; one that has been
 * silent is taken over. Embedded, one process owns the stores, so a row of another process is nobody's.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { collectErrors } from '../errors.ts'

const thisProcess = randomUUID()
const BEAT_MS = 5_000
const DEAD_AFTER_SECONDS = 30
const ASK_EVERY_MS = 200

let entered = 0

interface Waiting {
  /** Refuses at once instead of waiting, for a person who presses a button. */
  patient?: boolean
  signal?: AbortSignal
}

export async function oneAtATime<T>(
  app: App,
  work: () => Promise<T>,
  { patient = true, signal }: Waiting = {},
): Promise<T> {
  const holder = `${thisProcess}:${++entered}`
  while (!(await take(app, holder))) {
    if (!patient) throw collectErrors['collect.busy']()
    await sleep(ASK_EVERY_MS, undefined, { signal })
  }
  const beat = setInterval(() => void renew(app, holder).catch(() => undefined), BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await app.workflow.db.deleteFrom('collect_locks').where('holder', '=', holder).execute()
  }
}

async function take(app: App, holder: string): Promise<boolean> {
  const nobodys =
    app.workflow.kind === 'embedded'
      ? sql`collect_locks.holder NOT LIKE ${`${thisProcess}:%`}`
      : sql`collect_locks.beat < now() - make_interval(secs => ${DEAD_AFTER_SECONDS})`
  const { rows } = await sql<{ holder: string }>`
    INSERT INTO collect_locks (name, holder, beat) VALUES ('import', ${holder}, now())
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, beat = now() WHERE ${nobodys}
    RETURNING holder`.execute(app.workflow.db)
  return rows.length > 0
}

const renew = (app: App, holder: string) =>
  app.workflow.db.updateTable('collect_locks').set({ beat: new Date() }).where('holder', '=', holder).execute()
