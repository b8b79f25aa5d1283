import { type Command as Commander, CommanderError } from 'commander'
import type { Command, CommandInput, CommandResult, Stage } from '../app.ts'
import type { Config } from '../config.ts'
import { HuiyinError, type Lang } from '../errors.ts'
import { openApp } from '../open-app.ts'
import { askServer, runningServer } from './ask-server.ts'
import { progressBar } from './progress.ts'

type CommandOptions = CommandInput['options']

/** Exit codes: 0 done, 1 failed, 2 bad input or usage. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const

export interface CliContext {
  config(options: Record<string, unknown>): Config
  stages: readonly Stage[]
}

/** Prints a failure as one clear line; the stack only with HUIYIN_DEBUG. Returns the exit code. */
export function reportFailure(error: unknown, lang: Lang): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof HuiyinError) {
    process.stderr.write(`${error.messageIn(lang)}\n`)
    if (process.env['HUIYIN_DEBUG']) process.stderr.write(`${error.stack}\n${error.cause ?? ''}\n`)
    return error.exit
  }
  const node = error as NodeJS.ErrnoException
  if (node?.code === 'ENOSPC') {
    process.stderr.write(
      lang === 'zh-CN'
        ? '磁盘已满，请腾出空间后重试；已提交的内容不受影响。\n'
        : 'The disk is full. Make room and try again; what was committed is safe.\n',
    )
    return EXIT.failed
  }
  process.stderr.write(
    `${process.env['HUIYIN_DEBUG'] ? ((error as Error)?.stack ?? error) : ((error as Error)?.message ?? error)}\n`,
  )
  return EXIT.failed
}

const needsApp = ({ needsApp = true }: Command, options: CommandOptions): boolean =>
  typeof needsApp === 'function' ? needsApp(options) : needsApp

/** Adds one declared command to the command line. */
export function addCommand(program: Commander, command: Command, context: CliContext): void {
  // `plan solve <dir>` is the sub-command `solve` of `plan`.
  const words = command.name.split(' ')
  const own = words.filter(word => !/^[<[]/.test(word))
  const args = words.filter(word => /^[<[]/.test(word))
  let parent = program
  for (const word of own.slice(0, -1))
    parent = parent.commands.find(candidate => candidate.name() === word) ?? parent.command(word)
  const sub = parent
    .command([own.at(-1), ...args].join(' '))
    .description(`${command.summary.en} / ${command.summary.zh}`)
  for (const [flags, description] of command.options ?? []) sub.option(flags, description)
  sub.option('--json', 'print the result as one JSON object on stdout')
  sub.action(async (...values: unknown[]) => {
    const options: CommandOptions = sub.optsWithGlobals()
    const config = context.config(options)
    const input = values
      .slice(0, -2)
      .flat()
      .filter(value => value !== undefined) as string[]
    const server = needsApp(command, options) ? await runningServer(config) : undefined
    const result = server
      ? await askServer<CommandResult>(
          server,
          'POST',
          '/commands',
          { name: command.name, args: input, options, cwd: process.cwd(), lang: config.lang },
          config.lang,
        )
      : await runHere(command, context, config, input, options)
    const lines = result.jsonLines ?? [result.json]
    process.stdout.write(
      options['json']
        ? lines.map(line => `${JSON.stringify(line)}\n`).join('')
        : result.text === ''
          ? ''
          : `${result.text}\n`,
    )
    process.exitCode = result.exit ?? EXIT.done
  })
}

async function runHere(
  command: Command,
  context: CliContext,
  config: Config,
  args: string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const bar = progressBar(command.name.replace(/ [<[].*/, ''))
  const app = needsApp(command, options) ? await openApp(config, context.stages) : undefined
  try {
    if (app)
      await app.jobs.work(
        context.stages.flatMap(stage => stage.jobs),
        { workflow: app.workflow, app },
      )
    return await command.run({ args, options, cwd: process.cwd(), app, progress: bar.update, lang: config.lang })
  } finally {
    await app?.close()
  }
}
