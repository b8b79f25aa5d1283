import type { HouseContext } from '../cli.ts'
import { stages } from '../loop.ts'
import { jobs, loopRoutes } from '../loop-routes.ts'
import { readyText } from '../platform/cli/first-lines.ts'
import { openApp } from '../platform/open-app.ts'
import { serve, startWorkers, untilStopped } from '../platform/serve.ts'

/** `huiyin serve`: the web app and the API; also works the jobs, unless told not to. */
export function serveCommand({ program, config: configOf, root }: HouseContext): void {
  program
    .command('serve')
    .description('serve the web app and the API / 提供网页应用与接口')
    .option('--no-work', 'leave the jobs to `huiyin work` processes (needs servers for both stores)')
    .action(async (options: { work: boolean }, command) => {
      const config = configOf(command.optsWithGlobals())
      const app = await openApp({ ...config, logLevel: process.env['HUIYIN_LOG'] ?? 'info' }, stages, jobs)
      try {
        await app.runs.markInterrupted()
        if (options.work || app.lock) await startWorkers(app, jobs)
        const serving = await serve(app, { root, stages, more: loopRoutes, lock: app.lock })
        process.stdout.write(`${readyText(config.lang, serving.address, serving.login)}\n`)
        await untilStopped()
        await serving.close()
      } finally {
        await app.close()
      }
    })
}
