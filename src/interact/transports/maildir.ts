import { join } from 'node:path'
import type { Transport } from './transport.ts'
import { writeOnce } from './write-once.ts'

/**
 * E-mail into a Maildir (`out/mail/{tmp,new,cur}`), which any mail program or server reads. The unique name is the
 * communication's id and not the customary clock and process id, so that a second delivery finds the first.
 */
export const maildir: Transport = {
  name: 'maildir',
  channel: 'email',
  async deliver({ app }, batch) {
    const folder = join(app.config.dataDir, 'out', 'mail')
    const name = (id: string) => `${id}.huiyin`
    await writeOnce(
      { unfinished: join(folder, 'tmp'), done: join(folder, 'new'), moved: join(folder, 'cur') },
      batch.map(({ id, bytes }) => ({ name: name(id), content: bytes })),
    )
    return batch.map(({ id }) => ({ id, state: 'settled', receipt: name(id), reason: '' }))
  },
}
