import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const KEPT_MS = 24 * 3_600_000

/**
 * For tests: fills `target` with the data folder that `make` makes. The made one is kept among the machine's temporary files
 * under its name, which must change whenever what is made would. Two processes that miss it both make it; the first one stays.
 */
export async function fromTemplate(
  name: string,
  target: string,
  make: (folder: string) => Promise<unknown>,
): Promise<void> {
  const kept = join(tmpdir(), `huiyin-templates-${userInfo().username}`, name)
  if (!existsSync(kept)) {
    const shelf = join(kept, '..')
    await mkdir(shelf, { recursive: true, mode: 0o700 })
    await forgetOld(shelf)
    const making = `${kept}.${randomUUID()}`
    await make(making)
    await rename(making, kept).catch(() => rm(making, { recursive: true, force: true }))
  }
  // The embedded engine leaves the pipes of its last process, which it makes anew.
  const filter = async (path: string) => !(await lstat(path)).isFIFO()
  await cp(kept, target, { recursive: true, verbatimSymlinks: true, filter })
}

async function forgetOld(shelf: string): Promise<void> {
  for (const entry of await readdir(shelf, { withFileTypes: true })) {
    const path = join(shelf, entry.name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (entry.isDirectory() && Date.now() - mtimeMs > KEPT_MS) await rm(path, { recursive: true, force: true })
  }
}
