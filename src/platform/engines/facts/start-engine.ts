import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { accessSync, constants, mkdirSync, readFileSync, readlinkSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { HuiyinError } from '../../errors.ts'
import { type ChildConfig, type ChildReport, serverSettingsFor, settingsFor } from './child-config.ts'
import { engineErrors } from './errors.ts'

export interface FactsEngineOptions {
  /** The engine keeps everything in `<dataDir>/facts`. */
  dataDir: string
  /** Memory of the whole child process. Default 2 GiB. */
  memoryBytes?: number
  /** Threads for one query. Default: the number of cores. */
  threads?: number
}

export interface FactsEngine {
  readonly url: string
  readonly username: string
  readonly password: string
  /** Of the child; another one after a restart. */
  readonly pid: number
  stop(): Promise<void>
}

const USERNAME = 'huiyin'
/** Statements at once; more of them wait their turn. A stream that is read slowly holds one. */
const SLOTS = 32
const RESTART_EVERY_MS = 1000
/** What an engine on a busy machine may take to notice that its process was killed. */
const ORPHAN_MS = 10_000

/**
 * Starts the embedded engine: a child process that serves ClickHouse's HTTP interface on loopback, behind a random
 * password. Ready in 0.3–0.5 s (1 s with a cold disk cache), on an empty folder as on one with 30 M rows.
 *
 * Should the child die (out of memory, SIGKILL), it is started again on the same port with the same password, at most
 * once a second, until `stop`. What it had acknowledged is there again. Meanwhile connections are refused; the facts
 * client tries again for up to 15 s what cannot have happened twice: everything on a refused connection, and reads also
 * when the connection broke in the middle. A write that was under way is reported as `facts.outcome-unknown`.
 *
 * `BACKUP DATABASE huiyin TO File('<dataDir>/facts/backups/<name>')` copies the facts while it runs; that folder is the
 * only one it may write backups to.
 *
 * The child does not keep this process alive, and dies with it, however it dies.
 *
 * Errors: `facts-engine.folder-in-use`, `.folder-unwritable`, `.disk-full`, `.not-started`.
 */
export async function startFactsEngine(options: FactsEngineOptions): Promise<FactsEngine> {
  const folder = join(options.dataDir, 'facts')
  makeWritable(folder)
  const config: ChildConfig = {
    folder,
    port: 0,
    username: USERNAME,
    password: randomBytes(24).toString('base64url'),
    slots: SLOTS,
    serverSettings: serverSettingsFor(options.memoryBytes ?? 2 * 2 ** 30),
    settings: settingsFor(options.threads ?? availableParallelism()),
  }
  let child = await startAfterOrphan(config)
  config.port = child.port
  const stopping = new AbortController()
  const { signal } = stopping

  async function keepRunning(): Promise<void> {
    for (let startedAt = Date.now(); ; ) {
      await ended(child.process)
      await wait(Math.max(0, startedAt + RESTART_EVERY_MS - Date.now()), undefined, { ref: false, signal }).catch(
        () => undefined,
      )
      if (signal.aborted) return
      startedAt = Date.now()
      // A failed start is an ended child too, so the next second will try again: the disk may have room by then.
      child = await startChild(config).catch(() => child)
      if (signal.aborted) child.process.kill('SIGKILL')
    }
  }
  const running = keepRunning()

  return {
    url: `http://127.0.0.1:${config.port}`,
    username: config.username,
    password: config.password,
    get pid() {
      return child.process.pid!
    },
    async stop() {
      stopping.abort()
      child.process.ref()
      child.process.kill('SIGKILL')
      await running
    },
  }
}

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit')
}

async function startChild(config: ChildConfig): Promise<{ process: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./child.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Each running statement holds one thread of the pool; files and compression need some too. The engine takes its
    // default time zone from TZ. Nothing else of our environment (secrets, NODE_OPTIONS) is its business.
    env: {
      PATH: process.env['PATH'],
      TZ: 'UTC',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      UV_THREADPOOL_SIZE: String(config.slots + 16),
      // The engine's allocator keeps freed pages for 5 s by default; memory is counted when it is resident.
      JE_MALLOC_CONF: 'dirty_decay_ms:1000,muzzy_decay_ms:0',
    },
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4000)
  })
  child.stdin.on('error', () => undefined)
  child.stdin.write(`${JSON.stringify(config)}\n`)
  const exited = ended(child).then(() => ({ error: complaint.trim() || `it ended with ${child.signalCode}` }))
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited.then(end => [end]),
  ])) as [string | { error: string }]
  const report = typeof line === 'string' ? (JSON.parse(line) as ChildReport) : line
  if ('error' in report) {
    child.kill('SIGKILL')
    throw startError(config.folder, report.error)
  }
  child.unref()
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as unknown as { unref(): void }).unref()
  return { process: child, port: report.port }
}

function makeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw startError(folder, (error as Error).message, error)
  }
}

function startError(folder: string, reason: string, cause?: unknown): Error {
  if (/ENOSPC|No space left|errno: 28/i.test(reason)) return engineErrors['facts-engine.disk-full']({ folder }, cause)
  if (heldByAnother(folder)) return engineErrors['facts-engine.folder-in-use']({ folder }, cause)
  if (/EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT|Permission denied|Read-only/i.test(reason)) {
    return engineErrors['facts-engine.folder-unwritable']({ folder, reason }, cause)
  }
  return engineErrors['facts-engine.not-started']({ reason: reason.slice(0, 1000) }, cause)
}

/** Of a process that was killed a moment ago the engine may still be there: it is waited for. */
async function startAfterOrphan(config: ChildConfig): ReturnType<typeof startChild> {
  for (const until = Date.now() + ORPHAN_MS; ; await wait(50)) {
    try {
      return await startChild(config)
    } catch (error) {
      const held = error instanceof HuiyinError && error.code === 'facts-engine.folder-in-use'
      if (!held || Date.now() > until || !heldByOrphan(config.folder)) throw error
    }
  }
}

/** Whether the engine's parent is no longer a Node, but whoever adopts orphans; or it has ended meanwhile. proc(5): the parent is field 4. */
function heldByOrphan(folder: string): boolean {
  try {
    const parent = readFileSync(`/proc/${holderOf(folder)}/stat`, 'utf8')
      .split(') ')
      .at(-1)!
      .split(' ')[1]
    return readlinkSync(`/proc/${parent}/exe`) !== readlinkSync('/proc/self/exe')
  } catch {
    return true
  }
}

/** chDB does not say why it could not open a directory; the engine that holds it wrote its process id there. */
function holderOf(folder: string): number {
  return Number(/^PID: (\d+)/m.exec(readFileSync(join(folder, 'store', 'status'), 'utf8'))?.[1])
}

function heldByAnother(folder: string): boolean {
  try {
    return process.kill(holderOf(folder), 0)
  } catch {
    return false
  }
}
