/**
 * The engine's own process: `node child.ts`, started by `startFactsEngine`. Its first line on stdin is a `ChildConfig`;
 * it answers on stdout with one line of JSON. It is crash-only: whatever ends it, also a clean stop, is SIGKILL, because
 * what was acknowledged is on disk and a normal exit would wait for running queries. It ends with its parent: the
 * kernel closes stdin when the parent is gone, however it went.
 */
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openChdb } from './chdb.ts'
import type { ChildConfig, ChildReport } from './child-config.ts'
import { Slots } from './pipes.ts'
import { serveFacts } from './server.ts'
import { Spool } from './spool.ts'
import { Statements } from './statement.ts'

const die = (): never => {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('unreachable')
}
const report = (message: ChildReport) =>
  new Promise<void>(done => process.stdout.write(`${JSON.stringify(message)}\n`, () => done()))

async function main(config: ChildConfig): Promise<void> {
  process.umask(0o077)
  const { folder } = config
  for (const name of ['store', 'files', 'temporary']) mkdirSync(join(folder, name), { recursive: true })
  const chdb = openChdb(join(folder, 'store'), {
    user_files_path: join(folder, 'files/'),
    tmp_path: join(folder, 'temporary/'),
    'backups.allowed_path': join(folder, 'backups/'),
    ...config.serverSettings,
  })
  rmSync(join(folder, 'spool'), { recursive: true, force: true })
  const server = serveFacts({
    statements: new Statements(chdb, new Slots(join(folder, 'pipes'), config.slots), config.settings),
    spool: new Spool(join(folder, 'spool')),
    version: chdb.version,
    username: config.username,
    password: config.password,
  })
  server.listen(config.port, '127.0.0.1')
  await once(server, 'listening')
  await report({ port: (server.address() as AddressInfo).port, version: chdb.version })
  // Node does so when a process ends by itself, which this one never does.
  flushCompileCache()
}

process.on('SIGINT', () => undefined) // Ctrl-C in a terminal reaches the whole group; the parent decides.
createInterface({ input: process.stdin })
  .once('line', line => {
    main(JSON.parse(line) as ChildConfig).catch(async (error: Error) => {
      await report({ error: error.message })
      die()
    })
  })
  .once('close', die)
