import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The product as a user runs it: `huiyin` in processes of its own, on data folders of the test's own. */

export const root = resolve(import.meta.dirname, '..')

export interface Finished {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  data: string
  env?: Record<string, string>
  /** SIGKILL so many milliseconds after this was printed, or after the start. */
  kill?: { after?: RegExp; ms: number }
}

const environment = (options: RunOptions) => ({
  ...process.env,
  HUIYIN_DATA: options.data,
  HUIYIN_PORT: '0',
  HUIYIN_LANG: 'en',
  ...options.env,
})

export const start = (args: string[], options: RunOptions): ChildProcess =>
  spawn(process.execPath, [join(root, 'bin', 'huiyin.js'), ...args], {
    cwd: root,
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  })

export function run(args: string[], options: RunOptions): Promise<Finished> {
  const child = start(args, options)
  let stdout = ''
  let stderr = ''
  const { kill } = options
  const killIn = (ms: number) => setTimeout(() => child.kill('SIGKILL'), ms)
  let timer = kill && !kill.after ? killIn(kill.ms) : undefined
  child.stdout?.setEncoding('utf8').on('data', text => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', text => {
    stderr += text
    if (kill?.after?.test(stderr)) timer ??= killIn(kill.ms)
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      done({ code, signal, stdout, stderr })
    })
  })
}

/** A folder that is gone when the test process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-e2e-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Waits until the text stands in what the process prints; fails when it ends before. */
export function untilPrinted(child: ChildProcess, pattern: RegExp, seconds = 180): Promise<RegExpExecArray> {
  return new Promise((done, fail) => {
    let seen = ''
    const timer = setTimeout(
      () => fail(new Error(`not printed within ${seconds} s: ${pattern}\n${seen}`)),
      seconds * 1000,
    )
    const look = (text: string) => {
      seen += text
      const match = pattern.exec(seen)
      if (!match) return
      clearTimeout(timer)
      done(match)
    }
    child.stdout?.setEncoding('utf8').on('data', look)
    child.stderr?.setEncoding('utf8').on('data', look)
    child.once('close', code => {
      clearTimeout(timer)
      fail(new Error(`ended with ${code} before printing ${pattern}\n${seen}`))
    })
  })
}

export async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const closed = new Promise<number | null>(done => child.once('close', done))
  child.kill('SIGTERM')
  return closed
}
