import type { HouseContext } from '../cli.ts'
import { stages } from '../loop.ts'
import { roles } from '../platform/auth/permissions.ts'
import { addUser, listUsers, randomPassword, setDisabled, setPassword } from '../platform/auth/users.ts'
import { askServer, type RunningServer, runningServer } from '../platform/cli/ask-server.ts'
import { textTable } from '../platform/cli/table.ts'
import { type OpenApp, openApp } from '../platform/open-app.ts'

const passwordOf = (given: string | undefined) => given ?? process.env['HUIYIN_USER_PASSWORD'] ?? randomPassword()

/** `huiyin user add|password|disable|enable|list`; while a server holds the folder, it is asked to do it. */
export function userCommands({ program, config: configOf }: HouseContext): void {
  const user = program.command('user').description('local accounts / 本地账号')
  const withApp = async (
    options: Record<string, unknown>,
    local: (app: OpenApp) => Promise<void>,
    remote: (server: RunningServer) => Promise<void>,
  ) => {
    const config = configOf(options)
    const server = await runningServer(config)
    if (server) return remote(server)
    const app = await openApp(config, stages)
    try {
      await local(app)
    } finally {
      await app.close()
    }
  }

  user
    .command('add <login>')
    .description(`add a user; roles: ${roles.join(', ')}`)
    .requiredOption('--role <role...>', 'one or more roles')
    .option('--name <name>', 'name shown to others')
    .option('--password <password>', 'default: HUIYIN_USER_PASSWORD, else a random one is printed')
    .action(async (login: string, options: { role: string[]; name?: string; password?: string }, command) => {
      const password = passwordOf(options.password)
      const entry = { login, name: options.name ?? login, roles: options.role, password }
      await withApp(
        command.optsWithGlobals(),
        async app => void (await addUser(app, entry)),
        async server => void (await askServer(server, 'POST', '/users', entry)),
      )
      process.stdout.write(`${login} ${options.password ? '' : password}\n`)
    })

  user
    .command('password <login>')
    .description('set a password and sign the user out / 重设密码')
    .option('--password <password>', 'default: HUIYIN_USER_PASSWORD, else a random one is printed')
    .action(async (login: string, options: { password?: string }, command) => {
      const password = passwordOf(options.password)
      await withApp(
        command.optsWithGlobals(),
        app => setPassword(app, login, password),
        async server => void (await askServer(server, 'PATCH', `/users/${encodeURIComponent(login)}`, { password })),
      )
      process.stdout.write(`${login} ${options.password ? '' : password}\n`)
    })

  for (const [name, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const)
    user
      .command(`${name} <login>`)
      .description(disabled ? 'refuse the user from now on / 停用' : 'let the user in again / 启用')
      .action((login: string, _options, command) =>
        withApp(
          command.optsWithGlobals(),
          app => setDisabled(app, login, disabled),
          async server => void (await askServer(server, 'PATCH', `/users/${encodeURIComponent(login)}`, { disabled })),
        ),
      )

  user
    .command('list')
    .description('all users / 列出用户')
    .option('--json', 'print the result as one JSON object on stdout')
    .action(async (options: { json?: boolean }, command) => {
      type Row = { login: string; name: string; roles: string[]; disabled: boolean }
      const print = (rows: Row[]) =>
        void process.stdout.write(
          options.json
            ? `${JSON.stringify({ users: rows })}\n`
            : `${textTable(
                ['login', 'name', 'roles', ''],
                rows.map(row => [row.login, row.name, row.roles.join(' '), row.disabled ? 'disabled' : '']),
              )}\n`,
        )
      await withApp(
        command.optsWithGlobals(),
        async app =>
          print(
            (await listUsers(app)).map(({ login, name, roles: held, disabled }) => ({
              login,
              name,
              roles: held,
              disabled,
            })),
          ),
        async server => print((await askServer<{ rows: Row[] }>(server, 'GET', '/users')).rows),
      )
    })
}
