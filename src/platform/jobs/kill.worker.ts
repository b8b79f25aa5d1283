/**
 * A process for `kill.test.ts` to kill: works the jobs of group `kill` until they are done. Each handler first records that
 * it ran, then fails now and then. Arguments: data folder, PostgreSQL address (empty: embedded), number of jobs to send.
 */
import { sql } from 'kysely'
import { z } from 'zod'
import { openWorkflow } from '../stores/workflow/index.ts'
import { defineJob, type JobServices } from './job.ts'
import { openJobs } from './open.ts'

const [dataDir = '', postgresUrl = '', count = '0'] = process.argv.slice(2)
const workflow = await openWorkflow({ dataDir, ...(postgresUrl ? { postgresUrl } : {}) })

const run = (pause: number, rest: { batch?: number; concurrency?: number }, name: string) =>
  defineJob({
    name,
    version: 1,
    schema: z.object({ n: z.int() }),
    // Enough tries for the failures below, and not one more for the kills: those are not counted.
    retry: { limit: 1, delaySeconds: 0 },
    ...rest,
    async handle({ n }, { attempt, id }) {
      await sql`insert into ran (job, id) values (${name}, ${id})`.execute(workflow.db)
      await new Promise(resolve => setTimeout(resolve, pause))
      if (n % 3 === 0 && attempt === 1) throw new Error('the first try fails')
    },
  })
const slow = run(20, { concurrency: 2 }, 'kill.slow')
const quick = run(0, { batch: 10 }, 'kill.quick')

await sql`create table if not exists ran (job text, id uuid)`.execute(workflow.db)
const pulse = { everySeconds: 0.1, lapseSeconds: 0.6 }
const jobs = await openJobs({ workflow, definitions: [slow, quick], pulse })
for (const job of [slow, quick]) {
  const datas = Array.from({ length: Number(count) }, (_, n) => ({ n }))
  await jobs.sendMany(job, datas, { group: 'kill', key: ({ n }) => String(n) })
}
process.stdout.write('sent\n')
await jobs.work([slow, quick], { workflow } as JobServices)
await jobs.drain({ group: 'kill' })
await jobs.stop()
await workflow.close()
process.stdout.write('done\n')
