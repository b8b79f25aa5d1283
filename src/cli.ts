import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command as Commander } from 'commander'
import { backupCommands } from './commands/backup.ts'
import { doctorCommand } from './commands/doctor.ts'
import { sampleCommand } from './commands/sample.ts'
import { serveCommand } from './commands/serve.ts'
import { startCommand } from './commands/start.ts'
import { turnCommand } from './commands/turn.ts'
import { userCommands } from './commands/user.ts'
import { workCommand } from './commands/work.ts'
import { stages } from './loop.ts'
import { addCommand, type CliContext, reportFailure } from './platform/cli/run.ts'
import { type Config, readConfig } from './platform/config.ts'

/** Root of the checkout: samples/, web/, dist/web. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Everything a house-level command needs to know. */
export interface HouseContext extends CliContext {
  root: string
  program: Commander
}

export function buildProgram(): Commander {
  const program = new Commander('huiyin')
    .description('Huiyin 回音: the customer-insight loop / 客户洞察回路')
    .option('--data <dir>', 'data folder (HUIYIN_DATA)')
    .option('--host <address>', 'address to listen on (HUIYIN_HOST)')
    .option('--port <number>', 'port to listen on, 0 for a free one (HUIYIN_PORT)')
    .option('--lang <language>', 'en or zh-CN (HUIYIN_LANG)')
    .exitOverride()
    .configureOutput({ writeErr: text => process.stderr.write(text) })
    .showHelpAfterError('(huiyin --help)')
  const context: HouseContext = {
    root,
    program,
    stages,
    config(options): Config {
      const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined)
      const lang = text('lang')
      return readConfig(
        lang ? { ...process.env, HUIYIN_LANG: lang } : process.env,
        { data: text('data'), host: text('host'), port: text('port') },
        availableParallelism(),
      )
    },
  }
  for (const add of [
    startCommand,
    sampleCommand,
    turnCommand,
    serveCommand,
    workCommand,
    doctorCommand,
    backupCommands,
    userCommands,
  ])
    add(context)
  for (const stage of stages) for (const command of stage.commands) addCommand(program, command, context)
  for (const sub of program.commands) inheritExit(sub)
  return program
}

const inheritExit = (command: Commander): void => {
  command.exitOverride()
  for (const sub of command.commands) inheritExit(sub)
}

export async function main(argv: string[]): Promise<void> {
  const lang = readConfig({ ...process.env, HUIYIN_PORT: '0', HUIYIN_THREADS: '1' }).lang
  try {
    await buildProgram().parseAsync(argv, { from: 'user' })
  } catch (error) {
    process.exitCode = reportFailure(error, lang)
  }
  // Worker threads and sockets are closed by whoever opened them; a forgotten one must not keep a command alive.
  setTimeout(() => process.exit(), 2000).unref()
}
