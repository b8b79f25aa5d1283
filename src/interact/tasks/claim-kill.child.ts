/** For `claim-kill.long.test.ts` to kill: agents that claim tasks and say so. Arguments: PostgreSQL address, first agent's number, agents. */
import { openWorkflow } from '../../platform/stores/workflow/index.ts'
import { claimNext } from './claim.ts'

const [postgresUrl = '', first = '0', agents = '1'] = process.argv.slice(2)
const workflow = await openWorkflow({ dataDir: '', postgresUrl })

async function work(agent: number): Promise<void> {
  for (;;) {
    const task = await claimNext({ workflow }, agent)
    if (!task) return
    process.stdout.write(`got ${task.task_id} ${agent}\n`)
    // Half of them end their call, the others go on to the next without: both hold what they took.
    if (agent % 2 === 0)
      await workflow.db.updateTable('tasks').set({ state: 'done' }).where('task_id', '=', task.task_id).execute()
  }
}

process.stdout.write('ready\n')
await Promise.all(Array.from({ length: Number(agents) }, (_, n) => work(Number(first) + n)))
await workflow.close()
process.stdout.write('end\n')
