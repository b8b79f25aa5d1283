import { join } from 'node:path'
import type { HouseContext } from '../cli.ts'
import { runTurn, stages } from '../loop.ts'
import { jobs, loopRoutes } from '../loop-routes.ts'
import { readyText } from '../platform/cli/first-lines.ts'
import { ensureWebBuilt } from '../platform/http/web-build.ts'
import { openApp } from '../platform/open-app.ts'
import { serve, startWorkers, untilStopped } from '../platform/serve.ts'
import { loadSampleCompany, SAMPLE_AS_OF } from './sample.ts'
import { turnSummary, watchTurn } from './turn-display.ts'

/** `npm start`: on an empty folder sets everything up, loads the sample, runs a turn; then, as on any folder, serves. */
export function startCommand({ program, config: configOf, root }: HouseContext): void {
  program
    .command('start')
    .description("set up, run the sample company's turn once, then serve / 首次运行示例公司的一轮，然后提供服务")
    .action(async (_options, command) => {
      const config = configOf(command.optsWithGlobals())
      const app = await openApp(config, stages, jobs)
      try {
        await startWorkers(app, jobs)
        const turn = await app.runs.latestTurn()
        // The build uses one core while the turn's first steps wait for the engine.
        const building = ensureWebBuilt(root)
        building.catch(() => undefined)
        if (!turn) await loadSampleCompany(app, join(root, 'samples'))
        if (turn?.state !== 'done') {
          const result = await runTurn(app, turn?.asOf ?? SAMPLE_AS_OF, watchTurn(config.lang))
          process.stdout.write(`\n${turnSummary(result, config.lang)}\n\n`)
        }
        await building
        const serving = await serve(app, { root, stages, more: loopRoutes, lock: app.lock })
        process.stdout.write(`${readyText(config.lang, serving.address, serving.login)}\n`)
        await untilStopped()
        await serving.close()
      } finally {
        await app.close()
      }
    })
}
