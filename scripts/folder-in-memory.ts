import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const NAME = 'huiyin-test-'
const GB = 2 ** 30
/** What the tests leave in it at the most, and what the tests themselves take beside it. */
const LEAST_FREE = 4 * GB
const LEAST_MEMORY = 8 * GB

/**
 * A folder for temporary files that lies in memory, gone when this process ends; undefined where there is no room for one. An
 * app of a test is a copy of 1,900 small files: .05 s of computing there, .8 s on ext4, and much the same when it is deleted.
 */
export function folderInMemory(): string | undefined {
  try {
    for (const name of readdirSync(MEMORY))
      if (isLeft(name)) rmSync(join(MEMORY, name), { recursive: true, force: true })
    const { bavail, bsize } = statfsSync(MEMORY)
    if (bavail * bsize < LEAST_FREE || freemem() < LEAST_MEMORY) return undefined
    const folder = join(MEMORY, `${NAME}${process.pid}`)
    mkdirSync(folder)
    // As /tmp: database servers of Debian's write there as users of their own.
    chmodSync(folder, 0o1777)
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    return folder
  } catch {
    return undefined
  }
}

/** Of a run that was killed. */
const isLeft = (name: string): boolean => name.startsWith(NAME) && !existsSync(`/proc/${name.slice(NAME.length)}`)
