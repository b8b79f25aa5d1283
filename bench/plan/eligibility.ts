import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as analyze from '../../src/analyze/index.ts'
import * as optimize from '../../src/optimize/index.ts'
import { buildPlanInput } from '../../src/optimize/plan/plan-input.ts'
import { solvePlan } from '../../src/optimize/plan/solve-plan.ts'
import type { App } from '../../src/platform/app.ts'
import { openRuns } from '../../src/platform/runs.ts'
import { openFacts } from '../../src/platform/stores/facts/index.ts'
import { freshWorkflow } from '../../src/platform/stores/workflow/index.ts'
import { platformMigrations } from '../../src/platform/tables.ts'
import { timed } from '../bench.ts'
import { ASKED_ONCE, contactWorldInputs, makeContactWorld } from './contact-world.ts'

/** Options of all customers from their contacts; beside it the engine reading the contacts once. */
export async function eligibility(
  size: { customers: number; contacts: number; threads: number },
  say: (line: string) => void,
) {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-bench-eligibility-'))
  const facts = await openFacts({ dataDir: folder })
  const workflow = await freshWorkflow({
    ...platformMigrations,
    ...analyze.stage.workflowMigrations,
    ...optimize.stage.workflowMigrations,
  })
  try {
    const made = await timed(() => makeContactWorld(facts, size.customers, size.contacts))
    say(
      `${size.contacts} contacts of ${size.customers} customers made in ${made.seconds.toFixed(0)} s (not part of the figures)`,
    )
    const once = await timed(() => facts.one<{ n: number }>(ASKED_ONCE))
    say(`the engine reads the contacts once in ${once.seconds.toFixed(1)} s`)
    const inputs = await contactWorldInputs()
    const app = { facts, workflow, runs: openRuns(workflow, facts) } as unknown as App
    let read = 0
    const began = performance.now()
    const built = await timed(() =>
      buildPlanInput(app, inputs, {
        progress: () => {
          read = (performance.now() - began) / 1000
        },
      }),
    )
    const { options } = built.value
    say(
      `eligibility: ${options.code.length} options of ${options.ids.length} customers in ${built.seconds.toFixed(1)} s, of it ${read.toFixed(1)} s in the engine`,
    )
    const changed = {
      ...inputs,
      policy: { ...inputs.policy, limits: inputs.policy.limits.map(l => ({ ...l, max: l.max + 1 })) },
    }
    const again = await timed(() => buildPlanInput(app, changed, { from: built.value }))
    say(`one contact more allowed, options made again from memory: ${again.seconds.toFixed(1)} s`)
    const solved = await timed(() => solvePlan(built.value, { threads: size.threads }))
    say(`solved in ${solved.seconds.toFixed(1)} s, gap ${(100 * solved.value.solution.gap).toFixed(4)} %`)
    return {
      figures: {
        customers: size.customers,
        contacts: size.contacts,
        offers: inputs.offers.length,
        channels: built.value.axes.channels.length,
        options: options.code.length,
        seconds: built.seconds,
        secondsInEngine: read,
        secondsFromMemory: again.seconds,
        secondsToSolve: solved.seconds,
        gap: solved.value.solution.gap,
        residentMB: Math.round(process.memoryUsage().rss / 2 ** 20),
      },
      baseline: { seconds: once.seconds, rows: once.value.n },
      ratio: built.seconds / once.seconds,
    }
  } finally {
    await facts.close()
    await workflow.close()
    await rm(folder, { recursive: true })
  }
}
