import { randomUUID } from 'node:crypto'
import { cpSync, existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processAlive, processBirth } from './stores/process-alive.ts'

const KEPT_MS = 24 * 3_600_000

/**
 * For tests: fills `target` with the data folder that `make` makes. The made one is kept among the machine's temporary files
 * under its name, which must change whenever what is made would. While one process makes it, others wait for it.
 */
export async function fromTemplate(
  name: string,
  target: string,
  make: (folder: string) => Promise<unknown>,
): Promise<void> {
  const kept = join(tmpdir(), `huiyin-test-folders-${userInfo().username}`, name)
  while (!existsSync(kept)) {
    await mkdir(join(kept, '..'), { recursive: true, mode: 0o700 })
    if (await claimed(`${kept}.maker`)) await makeKept(kept, make).finally(() => rm(`${kept}.maker`, { force: true }))
    else await sleep(50)
  }
  // In one call: asking for each of some 1,900 files in JavaScript costs .3 s of computing more.
  cpSync(kept, target, { recursive: true, verbatimSymlinks: true })
}

/** Whether this process is the one to make it: the file says who is, and a maker that died is replaced. */
async function claimed(claim: string): Promise<boolean> {
  try {
    await writeFile(claim, `${process.pid} ${await processBirth(process.pid)}`, { flag: 'wx' })
    return true
  } catch {
    const [pid, birth = ''] = (await readFile(claim, 'utf8').catch(() => '')).split(' ')
    if (pid && !(await processAlive(Number(pid), birth))) await rm(claim, { force: true })
    return false
  }
}

async function makeKept(kept: string, make: (folder: string) => Promise<unknown>): Promise<void> {
  if (existsSync(kept)) return
  await forgetOld(join(kept, '..'))
  const making = `${kept}.${randomUUID()}`
  await make(making)
  await dropPipes(making)
  await rename(making, kept).catch(() => rm(making, { recursive: true, force: true }))
}

/** The embedded engine leaves the pipes of its last process, which it makes anew; they cannot be copied. */
async function dropPipes(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFIFO()) await rm(join(entry.parentPath, entry.name))
}

async function forgetOld(shelf: string): Promise<void> {
  for (const entry of await readdir(shelf, { withFileTypes: true })) {
    const path = join(shelf, entry.name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (entry.isDirectory() && Date.now() - mtimeMs > KEPT_MS) await rm(path, { recursive: true, force: true })
  }
}
