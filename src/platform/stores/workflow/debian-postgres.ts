import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Migrations, migrateWorkflow } from './migrate.ts'
import { openServer } from './server.ts'
import type { Workflow } from './workflow.ts'

/** For tests: a real PostgreSQL server of Debian's packages, in a temporary folder, on a free port of the loopback. */
export interface DebianPostgres {
  /** Of a new empty database. */
  freshUrl(): Promise<string>
  /** A store in a new database, as `freshWorkflow` is one in memory. */
  freshWorkflow(migrations?: Migrations): Promise<Workflow>
  stop(): Promise<void>
}

const DEBIAN = '/usr/lib/postgresql'

export async function startDebianPostgres(): Promise<DebianPostgres> {
  const bin = newestBin()
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-postgres-'))
  const user = await unprivileged(folder)
  const data = join(folder, 'data')
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'huiyin', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    {
      ...user,
      cwd: folder,
      stdio: 'pipe',
    },
  )
  const port = await freePort()
  // Fast rather than durable: what is tested here is our side.
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', max_connections: '200' }
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const killAtExit = () => server.kill('SIGQUIT')
  process.once('exit', killAtExit)
  const address = `postgres://huiyin@127.0.0.1:${port}`
  await answering(server, `${address}/postgres`)

  let made = 0
  const freshUrl = async () => {
    const name = `fresh_${made++}`
    const admin = new pg.Client({ connectionString: `${address}/postgres` })
    await admin.connect()
    await admin.query(`create database ${name}`)
    await admin.end()
    return `${address}/${name}`
  }
  return {
    freshUrl,
    async freshWorkflow(migrations = {}) {
      const workflow = await openServer(await freshUrl())
      await migrateWorkflow(workflow, migrations)
      return workflow
    },
    async stop() {
      process.off('exit', killAtExit)
      const exit = once(server, 'exit')
      // Fast shutdown: open connections are ended.
      server.kill('SIGINT')
      await exit
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function newestBin(): string {
  const versions = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).filter(version => existsSync(join(DEBIAN, version, 'bin/postgres')))
    : []
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0]
  if (!newest) throw new Error(`no PostgreSQL under ${DEBIAN}: install Debian's package "postgresql" (15 or newer)`)
  return join(DEBIAN, newest, 'bin')
}

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package makes. */
async function unprivileged(folder: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const user = { uid: idOf('-u'), gid: idOf('-g') }
  await chown(folder, user.uid, user.gid)
  return user
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function answering(server: ChildProcess, url: string): Promise<void> {
  let log = ''
  server.stderr?.on('data', text => {
    log += text
  })
  for (let tries = 0; tries < 200; tries++) {
    if (server.exitCode !== null) break
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await sleep(50)
    }
  }
  throw new Error(`PostgreSQL did not start:\n${log}`)
}
