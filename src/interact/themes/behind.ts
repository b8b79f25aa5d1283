/** The cases and letters behind a theme, the newest first. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { hider } from '../hide-personal.ts'
import type { voiceList, voicesQuery } from './api.ts'
import { type Dimension, keysOf } from './dimensions.ts'
import { type Gathered, saidIn } from './gather.ts'
import { gatheredLately } from './gathered-lately.ts'
import { themeNames } from './names.ts'
import { DAY_MS, dayOf, within } from './periods.ts'
import { JOIN } from './themes.ts'
import { idOf, kindOf, pathOf, wordsOf } from './voices.ts'

const NAMES = `SELECT customer_id, name FROM golden_records
WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}`

/** Of one text; the rest stands in the case. */
const MOST_CHARACTERS = 400

export async function voicesBehind(
  app: App,
  { by, dimension, key, from, offset, limit }: z.output<typeof voicesQuery>,
  reader: { roles: readonly string[] },
): Promise<z.output<typeof voiceList>> {
  const gathered = await gatheredLately(app, by)
  const { voices, periods } = gathered
  const holds = dimension === 'words' ? await saying(app, gathered, key) : havingKey(gathered, dimension, key)
  const bucket = periods.buckets.find(one => one.from === from)
  const found = holds
    .filter(at => !bucket || within(bucket, dayOf(voices.day[at]! * DAY_MS)))
    .sort((a, b) => voices.at[b]! - voices.at[a]! || idOf(voices, a).localeCompare(idOf(voices, b)))
  const page = found.slice(offset, offset + limit)
  const [names, nameOf, words] = await Promise.all([
    customerNames(
      app,
      page.map(at => voices.customer[at]!),
    ),
    themeNames(app),
    wordsOf(app, voices, page),
  ])
  return {
    total: found.length,
    rows: page.map(at => ({
      id: idOf(voices, at),
      kind: kindOf(voices, at),
      at: new Date(voices.at[at]!).toISOString(),
      words: hider(names.get(voices.customer[at]!) ?? '', reader)((words.get(at) ?? '').slice(0, MOST_CHARACTERS)),
      channel: nameOf('channel', voices.channel.names[voices.channel.codes[at]!]!),
      path: kindOf(voices, at) !== 'question' || permits(reader, 'inbox.read') ? pathOf(voices, at) : '',
    })),
  }
}

function havingKey(gathered: Gathered, dimension: Dimension, key: string): number[] {
  const keys = keysOf[dimension](gathered)
  const wanted = keys.names.indexOf(key)
  const found: number[] = []
  if (wanted >= 0) for (let at = 0; at < gathered.voices.length; at++) if (keys.of(at).includes(wanted)) found.push(at)
  return found
}

async function saying(app: App, gathered: Gathered, key: string): Promise<number[]> {
  const wanted = new Set(key.split(JOIN))
  const said = await saidIn(app, gathered)
  return said.filter(({ terms }) => terms.some(term => wanted.has(term))).map(({ voice }) => voice)
}

async function customerNames(app: App, ids: readonly number[]): Promise<Map<number, string>> {
  const runId = await app.runs.latest('identity')
  const known = ids.filter(id => id > 0)
  if (runId === null || known.length === 0) return new Map()
  const rows = await app.facts.query<{ customer_id: number; name: string }>(NAMES, { runId, ids: known })
  return new Map(rows.map(row => [row.customer_id, row.name]))
}
