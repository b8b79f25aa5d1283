import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import mysql from 'mysql2/promise'

/** For tests: a real MariaDB server of Debian's packages, in a temporary folder, on a free port of the loopback. */
export const hasMariadb = existsSync('/usr/sbin/mariadbd') && existsSync('/usr/bin/mariadb-install-db')

export interface DebianMariadb {
  host: string
  port: number
  user: string
  password: string
  database: string
  stop(): Promise<void>
}

export async function startDebianMariadb(): Promise<DebianMariadb> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-mariadb-'))
  const root = process.getuid?.() === 0
  const data = join(folder, 'data')
  const user = root ? ['--user=mysql'] : []
  if (root) {
    const idOf = (flag: string) => Number(execFileSync('id', [flag, 'mysql'], { encoding: 'utf8' }))
    await chown(folder, idOf('-u'), idOf('-g'))
    await chmod(folder, 0o755)
  }
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user],
    { stdio: 'pipe' },
  )
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  const port = typeof address === 'object' && address ? address.port : 0
  probe.close()
  await once(probe, 'close')
  const server = spawn(
    '/usr/sbin/mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 's')}`,
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-buffer-pool-size=32M',
      ...user,
    ],
    { stdio: 'ignore' },
  )
  const killAtExit = () => server.kill('SIGKILL')
  process.once('exit', killAtExit)
  for (let tries = 0; ; tries++) {
    try {
      const client = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root' })
      await client.query('CREATE DATABASE theirs; '.trim())
      await client.query("CREATE USER huiyin@'127.0.0.1' IDENTIFIED BY 'a secret'")
      await client.query("GRANT ALL ON theirs.* TO huiyin@'127.0.0.1'")
      await client.end()
      break
    } catch (error) {
      if (tries > 200 || server.exitCode !== null) throw error
      await sleep(50)
    }
  }
  return {
    host: '127.0.0.1',
    port,
    user: 'huiyin',
    password: 'a secret',
    database: 'theirs',
    async stop() {
      process.off('exit', killAtExit)
      const exit = once(server, 'exit')
      server.kill('SIGKILL')
      await exit
      await rm(folder, { recursive: true, force: true })
    },
  }
}
