import { z } from 'zod'
import type { App, Http, Stage } from '../app.ts'
import { httpErrors } from './errors.ts'
import { LOCAL_USER_ID } from './gate.ts'

const options = z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())]).optional())

/**
 * A command of the command line, given while this server holds the data folder, is run here. Only for whoever can read the
 * folder's token, on this machine: commands read and write files by name.
 */
export function commandRoutes(http: Http, app: App, stages: readonly Stage[]): void {
  const commands = new Map(stages.flatMap(stage => stage.commands).map(command => [command.name, command]))
  http.post(
    '/commands',
    {
      config: { permission: 'admin' },
      schema: {
        hide: true,
        body: z.object({
          name: z.string(),
          args: z.array(z.string()),
          options,
          cwd: z.string(),
          lang: z.enum(['en', 'zh-CN']),
        }),
      },
    },
    async req => {
      const command = commands.get(req.body.name)
      if (req.user.userId !== LOCAL_USER_ID || !command) throw httpErrors['platform.not-found']()
      return command.run({ ...req.body, app, progress: () => undefined })
    },
  )
}
