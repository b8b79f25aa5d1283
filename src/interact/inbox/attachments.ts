/** Files that came with a message: kept under a name of ours, never opened, run or shown; a person may take one as a download. */
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../../platform/app.ts'
import { writeAtomic } from '../transports/write-once.ts'
import type { Attachment } from './tables.ts'

/** Of one message together; what goes beyond is named, not kept. */
export const MOST_BYTES = 25 * (1 << 20)

export interface Given {
  name: string
  type: string
  content: Uint8Array
}

const folderOf = ({ config }: Pick<App, 'config'>, key: string): string =>
  join(config.dataDir, 'inbox', 'attachments', key)

/** A name for people: the last part, without what a shell, a browser or a reader from right to left could mistake. */
export const safeName = (name: string): string =>
  Array.from((name.split(/[/\\]/).at(-1) ?? '').replace(/[\p{C}<>:"|?*]/gu, ''))
    // By characters: half an emoji has no place in a header.
    .slice(0, 120)
    .join('')
    .trim() || 'attachment'

export async function keepAttachments(
  app: Pick<App, 'config'>,
  key: string,
  given: readonly Given[],
): Promise<Attachment[]> {
  const kept: Attachment[] = []
  let room = MOST_BYTES
  for (const { name, type, content } of given) {
    const about = { name: safeName(name), type: type.slice(0, 100), bytes: content.length }
    if (content.length > room) {
      kept.push({ ...about, refused: 'too-big' })
      continue
    }
    room -= content.length
    const folder = folderOf(app, key)
    await mkdir(folder, { recursive: true })
    await writeAtomic(folder, { name: `${kept.length}.bin`, content: Buffer.from(content) })
    kept.push(about)
  }
  return kept
}

export const attachmentBytes = (app: Pick<App, 'config'>, key: string, number: number): Promise<Buffer> =>
  readFile(join(folderOf(app, key), `${number}.bin`))

export const dropAttachments = (app: Pick<App, 'config'>, key: string): Promise<void> =>
  rm(folderOf(app, key), { recursive: true, force: true })
