/**
 * Mail that was taken and not yet read: one file each, on disk before the sending server hears "250". A mail is deleted once what it says
 * is recorded, so a kill in between makes us read it again, and the events' ids make that harmless.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../../platform/app.ts'
import { type MailAnswer, type ReturnedMail, recordReturned } from '../answers/returned-mail.ts'
import { tell } from '../queue/notices.ts'
import { writeAtomic } from '../transports/write-once.ts'

const folderOf = ({ config }: Pick<App, 'config'>): string => join(config.dataDir, 'inbound', 'mail')

const ENVELOPE = 'X-Huiyin-Envelope: '

export async function keepMail(app: Pick<App, 'config'>, { bytes, ...envelope }: ReturnedMail): Promise<void> {
  const name = `${Date.now()}-${createHash('sha256').update(bytes).update(envelope.recipients.join()).digest('hex').slice(0, 24)}.eml`
  // The envelope goes on top in one line of its own: it is not in the mail, and whatever the mail says below is no part of it.
  const head = Buffer.from(`${ENVELOPE}${JSON.stringify(envelope)}\r\n`)
  await writeAtomic(folderOf(app), { name, content: Buffer.concat([head, bytes]) })
}

export interface ReadMails {
  read: number
  /** Not recorded this time. */
  left: number
  by: Partial<Record<MailAnswer, number>>
}

/** What could not be recorded is tried again for so long: the store may be down, the disk full. */
export const TRIED_FOR_MS = 86_400_000

/** What cannot be read at all is put aside after a day, so that it stops nothing. */
export async function readKeptMail(app: App): Promise<ReadMails> {
  const folder = folderOf(app)
  const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.eml')).sort()
  const result: ReadMails = { read: 0, left: 0, by: {} }
  for (const name of names) {
    const path = join(folder, name)
    const whole = await readFile(path)
    try {
      const answer = await recordReturned(app, withoutEnvelope(whole))
      result.read++
      result.by[answer] = (result.by[answer] ?? 0) + 1
      await rm(path, { force: true })
    } catch (error) {
      app.log.error({ file: name, err: { message: (error as Error).message } }, 'returned mail')
      result.left++
      if (Date.now() - Number.parseInt(name, 10) > TRIED_FOR_MS) await putAside(app, folder, name)
    }
  }
  return result
}

async function putAside(app: App, folder: string, name: string): Promise<void> {
  const aside = name.replace(/\.eml$/, '.unread')
  await rename(join(folder, name), join(folder, aside)).catch(() => undefined)
  await tell(app, {
    key: 'mail-unread',
    channelId: null,
    text: {
      en: `A mail could not be recorded for a day and was put aside: inbound/mail/${aside} of the data folder. Rename it to .eml to have it read again.`,
      zh: `一封来信连续一天无法登记，已移至数据目录 inbound/mail/${aside}；改名为 .eml 后将重新读取。`,
    },
  }).catch(() => undefined)
}

function withoutEnvelope(whole: Buffer): ReturnedMail {
  const end = whole.indexOf('\r\n')
  const line = end < 0 ? '' : whole.toString('utf8', 0, end)
  // Put there by hand to be read (a mailbox that was moved): the mail alone.
  if (!line.startsWith(ENVELOPE)) return { bytes: whole, recipients: [] }
  return { ...(JSON.parse(line.slice(ENVELOPE.length)) as Omit<ReturnedMail, 'bytes'>), bytes: whole.subarray(end + 2) }
}
