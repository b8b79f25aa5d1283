import type { Kysely } from 'kysely'
import type { PgBoss } from 'pg-boss'
import type { WorkflowSchema } from '../stores/workflow/index.ts'
import { putBackLapsed } from './job-table.ts'
import type { InFlight } from './work.ts'

export interface Pulse {
  everySeconds: number
  lapseSeconds: number
}

/** A handler may keep its thread busy for a while: it is given up after six missed beats only. */
const usual: Pulse = { everySeconds: 5, lapseSeconds: 30 }

/**
 * With processes side by side, a killed one leaves active jobs behind that nobody owns. Each process gives a sign of life for
 * its own, and puts back those of others that lapsed. (pg-boss's own heartbeat would count the try, so that a job that saw
 * three restarts would have failed for good.)
 */
export function startPulse(
  boss: PgBoss,
  db: Kysely<WorkflowSchema>,
  inFlight: InFlight,
  onError: (error: Error) => void,
  { everySeconds, lapseSeconds }: Pulse = usual,
): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve()

  async function beat(): Promise<void> {
    for (const [queue, ids] of inFlight) if (ids.size > 0) await boss.touch(queue, [...ids])
    await putBackLapsed(db, lapseSeconds)
  }

  const next = () => {
    running = running.then(beat).catch(onError)
  }
  next()
  const timer = setInterval(next, everySeconds * 1000).unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
