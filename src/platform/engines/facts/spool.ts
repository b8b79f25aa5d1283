import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Bodies on their way into a table. A body is a file before the engine sees a byte of it: cut off half-way it inserts
 * nothing, characters never break over chunks, and the engine reads it in parallel.
 */
export class Spool {
  readonly #folder: string
  #next = 0

  constructor(folder: string) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#folder = folder
  }

  /** Writes the body to a new file. On any failure nothing stays behind. */
  async keep(body: Readable): Promise<{ path: string; bytes: number; drop(): Promise<void> }> {
    const path = join(this.#folder, String(this.#next++))
    const file = createWriteStream(path, { mode: 0o600, highWaterMark: 1 << 20 })
    const drop = () => rm(path, { force: true })
    try {
      await pipeline(body, file)
    } catch (error) {
      await drop()
      throw error
    }
    return { path, bytes: file.bytesWritten, drop }
  }
}
