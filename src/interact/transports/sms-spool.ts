import { join } from 'node:path'
import { smsSize } from '../../personalize/index.ts'
import type { Outgoing, Transport } from './transport.ts'
import { writeOnce } from './write-once.ts'

/** Short messages as one file each (`out/sms/<id>.sms`): head lines, an empty line, the text; as SMS gateways' spools are. */
export const smsSpool: Transport = {
  name: 'sms-spool',
  channel: 'sms',
  async deliver({ app }, batch) {
    const folder = join(app.config.dataDir, 'out', 'sms')
    const name = (id: string) => `${id}.sms`
    const good = batch.filter(({ address }) => isNumber(address))
    await writeOnce(
      { unfinished: join(folder, '.tmp'), done: folder },
      good.map(message => ({ name: name(message.id), content: spoolFile(message) })),
    )
    return batch.map(({ id, address }) =>
      isNumber(address)
        ? { id, state: 'settled', receipt: name(id), reason: '' }
        : { id, state: 'failed', receipt: '', reason: 'bad-address' },
    )
  },
}

const isNumber = (address: string): boolean => /^\+?[0-9][0-9 ()-]{4,24}$/.test(address)

function spoolFile({ id, address, bytes, segments }: Outgoing): Buffer {
  const { encoding } = smsSize(Buffer.from(bytes).toString())
  return Buffer.concat([
    Buffer.from(`To: ${address}\nId: ${id}\nAlphabet: ${encoding}\nSegments: ${segments}\n\n`),
    bytes,
  ])
}
