import type { PGlite } from '@electric-sql/pglite'

/** PostgreSQL's own autovacuum thresholds: 50 rows and a fifth of the table. */
const untidy = `
  select format('%I.%I', schemaname, relname) as name
  from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup`

const EVERY_MS = 60_000

/**
 * PGlite has no background processes, so nobody vacuums: a queue's table would grow with every job that passes through it,
 * and the planner would know nothing of its size. This does it, table by table, between other statements.
 */
export function keepTidy(pglite: PGlite): { stop(): Promise<void>; now(): Promise<string[]> } {
  let stopped = false
  let running: Promise<unknown> = Promise.resolve()

  async function now(): Promise<string[]> {
    // Counts are handed in at most once a second, and not at all by a session that is idle.
    await pglite.query('select pg_stat_force_next_flush()')
    const { rows } = await pglite.query<{ name: string }>(untidy)
    for (const { name } of rows) if (!stopped) await pglite.exec(`vacuum (analyze) ${name}`)
    return rows.map(row => row.name)
  }

  const timer = setInterval(() => {
    running = running.then(now).catch(error => process.emitWarning(`workflow store: ${error}`))
  }, EVERY_MS).unref()
  return {
    now,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
