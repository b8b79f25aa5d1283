/** The cases and letters behind a theme, the newest first. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { hider } from '../hide-personal.ts'
import type { voiceList, voicesQuery } from './api.ts'
import { keysOf } from './dimensions.ts'
import { gather, saidIn } from './gather.ts'
import { themeNames } from './names.ts'
import { within } from './periods.ts'
import { JOIN } from './themes.ts'

const NAMES = `SELECT customer_id, name FROM golden_records
WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}`

/** Of one text; the rest stands in the case. */
const MOST_CHARACTERS = 400

export async function voicesBehind(
  app: App,
  { by, dimension, key, from, offset, limit }: z.output<typeof voicesQuery>,
  reader: { roles: readonly string[] },
): Promise<z.output<typeof voiceList>> {
  const gathered = await gather(app, by)
  const { known, words, periods } = gathered
  const bucket = periods.buckets.find(one => one.from === from)
  const holds = dimension === 'words' ? await saying(gathered, key) : null
  const found = known
    .filter(one => (holds ? holds.has(one.voice.id) : dimension !== 'words' && keysOf[dimension](one).includes(key)))
    .filter(({ voice }) => !bucket || within(bucket, voice.day))
    .sort((a, b) => b.voice.at.getTime() - a.voice.at.getTime() || a.voice.id.localeCompare(b.voice.id))
  const page = found.slice(offset, offset + limit)
  const [names, nameOf] = await Promise.all([
    customerNames(
      app,
      page.map(({ voice }) => voice.customerId),
    ),
    themeNames(app, page),
  ])
  return {
    total: found.length,
    rows: page.map(({ voice }) => ({
      id: voice.id,
      kind: voice.kind,
      at: voice.at.toISOString(),
      words: hider(names.get(voice.customerId) ?? '', reader)((words.get(voice.id) ?? '').slice(0, MOST_CHARACTERS)),
      channel: nameOf('channel', voice.channel),
      path: voice.kind !== 'question' || permits(reader, 'inbox.read') ? voice.path : '',
    })),
  }
}

async function saying(gathered: Parameters<typeof saidIn>[0], key: string): Promise<Set<string>> {
  const wanted = new Set(key.split(JOIN))
  const said = await saidIn(gathered)
  return new Set(said.filter(({ terms }) => terms.some(term => wanted.has(term))).map(({ id }) => id))
}

async function customerNames(app: App, ids: readonly number[]): Promise<Map<number, string>> {
  const runId = await app.runs.latest('identity')
  const known = ids.filter(id => id > 0)
  if (runId === null || known.length === 0) return new Map()
  const rows = await app.facts.query<{ customer_id: number; name: string }>(NAMES, { runId, ids: known })
  return new Map(rows.map(row => [row.customer_id, row.name]))
}
