/** Where personalize keeps personal data: the ledger, and composed bytes that wait for delivery. */
import { createReadStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import type { App } from '../platform/app.ts'
import { among, declarePersonalData, type Person, type PersonalDocument } from '../platform/personal-data.ts'
import { HELD, heldOf } from './archive/holds.ts'
import { dropKept } from './archive/retention.ts'
import { findingsPersonalData } from './checks/tables.ts'
import { letterPersonalData } from './letters/personal-data.ts'
import { proofPersonalData } from './proofs/tables.ts'
import { show } from './show.ts'

const EXTENSIONS: Record<string, string> = { print: 'pdf', email: 'eml', sms: 'txt', call: 'json' }

/** What the person was sent, byte for byte; drafts that were held back were not. */
async function* documents(app: App, person: Person): AsyncIterable<PersonalDocument> {
  const rows = await app.facts.query<{ id: string; channel: string; day: string }>(
    `SELECT communication_id AS id, toString(channel) AS channel, toString(toDate(max(composed_at))) AS day FROM communications
     WHERE customer_id IN {ids:Array(UInt64)} AND state = 'composed' AND reason NOT IN ('erased', 'expired') AND channel != 'call'
     GROUP BY id, channel ORDER BY day, id`,
    { ids: person.keys('customer').map(Number) },
  )
  for (const { id, channel, day } of rows) {
    const { bytes } = await show(app, id)
    yield { name: `${day}-${id}.${EXTENSIONS[channel] ?? 'bin'}`, bytes }
  }
}

/** Short cuts: what is not there is composed again. A pack's first line lists its ids. */
async function dropPacks(app: App, person: Person): Promise<{ files: number }> {
  const ids = new Set(person.keys('communication'))
  const spool = join(app.config.dataDir, 'spool')
  let files = 0
  for (const name of await readdir(spool, { recursive: true }).catch(() => [])) {
    if (!name.includes('.pack')) continue
    const path = join(spool, name)
    const index = await firstLine(path)
    if (!index.some(([id]) => ids.has(id))) continue
    await rm(path, { force: true })
    files++
  }
  return { files }
}

async function firstLine(path: string): Promise<[string, number][]> {
  const file = createReadStream(path)
  try {
    for await (const line of createInterface({ input: file })) return JSON.parse(line) as [string, number][]
  } catch {
    // Half a pack of a killed process: nobody reads it, and it names nobody that its whole successor does not.
  } finally {
    file.destroy()
  }
  return []
}

/** Bytes kept by law go with their communication, but for those a hold of their own keeps. */
async function eraseKept(app: App, person: Person): Promise<{ files: number }> {
  const customers = person.keys('customer').map(Number).filter(Number.isSafeInteger)
  if (customers.length === 0) return { files: 0 }
  return { files: await dropKept(app, `customer_id IN (${customers.join(', ')}) AND NOT (${HELD})`) }
}

declarePersonalData({
  stage: 'personalize',
  keys: k => [
    [
      'communication',
      `SELECT toString(communication_id) AS value FROM communications WHERE customer_id IN ${k('customer')}`,
    ],
  ],
  tables: [
    {
      store: 'facts',
      table: 'communication_plan',
      title: { en: 'Planned communications', zh: '沟通计划' },
      where: k => `customer_id IN ${k('customer')}`,
      exported: false,
      erase: 'delete',
    },
    {
      store: 'facts',
      table: 'communications',
      title: { en: 'Communications', zh: '往来通信' },
      where: k => `customer_id IN ${k('customer')}`,
      // That it was is kept, so that counts add up and its number answers "erased".
      erase: {
        copy: { customer_id: '0', address: "''", data: "''", subject: "''", reason_detail: "''", reason: "'erased'" },
        same: ['run_id', 'communication_id'],
      },
      keptOnHold: true,
      keptWhere: HELD,
    },
    {
      store: 'facts',
      table: 'communication_places',
      title: { en: 'Where communications lie', zh: '通信位置索引' },
      where: k => `customer_id IN ${k('customer')}`,
      // Its number still finds the row that answers "erased".
      erase: { set: { customer_id: '0' } },
      exported: false,
      keptOnHold: true,
      keptWhere: HELD,
    },
    {
      store: 'facts',
      table: 'communication_words',
      title: { en: 'Words of communications, for the search', zh: '通信检索词' },
      where: k => `customer_id IN ${k('customer')}`,
      erase: 'delete',
      exported: false,
      keptOnHold: true,
      keptWhere: HELD,
    },
    {
      store: 'facts',
      table: 'kept_documents',
      title: { en: 'Communications whose bytes are kept', zh: '保存原件的通信' },
      where: k => `customer_id IN ${k('customer')}`,
      erase: 'delete',
      keptOnHold: true,
      keptWhere: HELD,
    },
    {
      store: 'workflow',
      table: 'archive_hold_items',
      title: { en: 'Legal holds on communications', zh: '通信的法律保留' },
      where: k => among('customer_id', k('customer'), 'int8'),
      erase: { set: sql`customer_id = 0` },
      keptOnHold: true,
    },
    ...letterPersonalData,
    ...proofPersonalData,
    findingsPersonalData,
  ],
  files: [
    { name: { en: 'composed and waiting', zh: '待投递内容' }, erase: dropPacks },
    { name: { en: 'kept documents', zh: '归档原件' }, keptOnHold: true, erase: eraseKept },
  ],
  held: heldOf,
  documents,
})
