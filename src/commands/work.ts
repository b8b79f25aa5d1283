import type { HouseContext } from '../cli.ts'
import { stages } from '../loop.ts'
import { jobs } from '../loop-routes.ts'
import { openApp } from '../platform/open-app.ts'
import { startWorkers, untilStopped } from '../platform/serve.ts'

/** `huiyin work`: works the jobs. With servers any number of them run side by side; embedded, `serve` does it. */
export function workCommand({ program, config: configOf }: HouseContext): void {
  program
    .command('work')
    .description('work the background jobs / 处理后台任务')
    .action(async (_options, command) => {
      const config = configOf(command.optsWithGlobals())
      const app = await openApp({ ...config, logLevel: process.env['HUIYIN_LOG'] ?? 'info' }, stages, jobs)
      try {
        await startWorkers(app, jobs)
        process.stdout.write(
          config.lang === 'zh-CN' ? '正在处理任务。按 Ctrl+C 停止。\n' : 'Working the jobs. Stop it with Ctrl+C.\n',
        )
        await untilStopped()
      } finally {
        await app.close()
      }
    })
}
