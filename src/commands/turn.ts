import type { HouseContext } from '../cli.ts'
import { hasNews } from '../collect/index.ts'
import { countsOf, parseAsOf, runTurn, stages, type TurnResult } from '../loop.ts'
import { jobs } from '../loop-routes.ts'
import type { App } from '../platform/app.ts'
import { askServer, type RunningServer, runningServer } from '../platform/cli/ask-server.ts'
import { openApp } from '../platform/open-app.ts'
import type { Figures, TurnRecord } from '../platform/runs.ts'
import { startWorkers } from '../platform/serve.ts'
import { turnSummary, watchTurn } from './turn-display.ts'

export function turnCommand({ program, config: configOf }: HouseContext): void {
  program
    .command('turn')
    .description('run one turn of the loop / 运行一轮')
    .requiredOption('--as-of <date>', 'everything before this day is known, nothing after')
    .option('--again', 'run again although nothing is new since the last turn of that date')
    .option('--json', 'print the result as one JSON object on stdout')
    .action(async (_options, command) => {
      const options = command.optsWithGlobals()
      const config = configOf(options)
      const asOf = parseAsOf(options.asOf)
      const print = (result: TurnResult) =>
        process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${turnSummary(result, config.lang)}\n`)
      const server = await runningServer(config)
      if (server) return void print(await askForTurn(server, asOf))
      const app = await openApp(config, stages, jobs)
      try {
        const done = await app.runs.latestTurn()
        const repeats = done?.state === 'done' && done.asOf === asOf && !options.again
        if (repeats && !(await hasNews(app, await importsEnded(app, done))))
          return void print(await resultOf(app, done))
        await startWorkers(app, jobs)
        print(await runTurn(app, asOf, watchTurn(config.lang)))
      } finally {
        await app.close()
      }
    })
}

async function importsEnded(app: App, turn: TurnRecord): Promise<Date> {
  const runs = await app.runs.runsOf(turn.id)
  return runs.find(run => run.step === 'import')?.finishedAt ?? turn.startedAt
}

/** The result of a turn that is done already, told again. */
async function resultOf(app: App, turn: TurnRecord): Promise<TurnResult> {
  const steps: TurnResult['steps'] = {}
  for (const run of await app.runs.runsOf(turn.id))
    steps[run.step] = {
      seconds: run.finishedAt ? (run.finishedAt.getTime() - run.startedAt.getTime()) / 1000 : 0,
      figures: run.figures,
    }
  const figures = Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, step.figures]))
  const seconds = turn.finishedAt ? (turn.finishedAt.getTime() - turn.startedAt.getTime()) / 1000 : 0
  return { turn: turn.id, asOf: turn.asOf, seconds, steps, counts: countsOf(figures) }
}

interface LoopView {
  turn: {
    id: number
    asOf: string
    state: 'running' | 'done' | 'failed'
    error: string | null
    startedAt: string
    finishedAt: string | null
  } | null
  steps: { id: string; seconds: number | null; figures: Figures }[]
  counts: TurnResult['counts']
}

/** The server that holds the folder runs the turn; this command waits for it. */
async function askForTurn(server: RunningServer, asOf: string): Promise<TurnResult> {
  const before = (await askServer<LoopView>(server, 'GET', '/loop')).turn?.id ?? 0
  await askServer(server, 'POST', '/turns', { asOf })
  for (;;) {
    await new Promise(resolve => setTimeout(resolve, 1000))
    const { turn, steps, counts } = await askServer<LoopView>(server, 'GET', '/loop')
    if (!turn || turn.state === 'running' || (turn.id === before && turn.state === 'done')) continue
    if (turn.state === 'failed') throw new Error(turn.error ?? 'failed')
    const seconds = turn.finishedAt ? (Date.parse(turn.finishedAt) - Date.parse(turn.startedAt)) / 1000 : 0
    return {
      turn: turn.id,
      asOf,
      seconds,
      steps: Object.fromEntries(steps.map(step => [step.id, { seconds: step.seconds ?? 0, figures: step.figures }])),
      counts,
    }
  }
}
