/**
 * Into a table of ClickHouse, over its HTTP interface. It has no transactions: a row is put by inserting its newest version
 * (ReplacingMergeTree by the number of the change: read it with FINAL), who is gone is deleted by a mutation that is waited for.
 * A batch sent twice is the same versions again.
 */
import { givebackErrors } from '../errors.ts'
import type { TablePlace } from '../target.ts'
import type { Cargo, Carriage, Carrier } from './carrier.ts'
import { latestOf } from './latest-of.ts'

const VERSION = 'huiyin_seq'
const name = (text: string): string =>
  text
    .split('.')
    .map(part => `\`${part.replaceAll('`', '')}\``)
    .join('.')

function asker({ target }: Cargo) {
  const place = target.definition.place as TablePlace
  const origin = `${place.tls ? 'https' : 'http'}://${place.host.includes(':') ? `[${place.host}]` : place.host}:${place.port}`
  return async (query: string, params: Record<string, string> = {}, body = ''): Promise<string> => {
    const search = new URLSearchParams({ query, database: place.database, wait_end_of_query: '1', ...params })
    const answer = await fetch(`${origin}/?${search}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${place.user}:${target.secret}`).toString('base64')}` },
      body,
      signal: AbortSignal.timeout(120_000),
    }).catch(error => {
      const { cause, message } = error as Error & { cause?: { code?: string } }
      throw givebackErrors['collect.target-unreachable']({ reason: cause?.code ?? message }, error)
    })
    const text = await answer.text()
    if (!answer.ok) throw givebackErrors['collect.target-refused']({ reason: text.slice(0, 300) })
    return text
  }
}

async function open(cargo: Cargo): Promise<Carriage> {
  const ask = asker(cargo)
  const { target, mart, types } = cargo
  const { columns } = target.definition
  const table = name((target.definition.place as TablePlace).table)
  const lines = [...columns.map(column => `${name(column)} ${types.get(column)}`), `${VERSION} UInt64`]
  const key = mart.key.map(name).join(', ')
  await ask(
    `CREATE TABLE IF NOT EXISTS ${table} (${lines.join(', ')}) ENGINE = ReplacingMergeTree(${VERSION}) ORDER BY (${key})`,
  )
  const there = (await ask(`DESCRIBE TABLE ${table} FORMAT TSV`)).split('\n').map(line => line.split('\t')[0] ?? '')
  const missing = [...columns, VERSION].filter(column => !there.includes(column))
  if (missing.length > 0)
    throw givebackErrors['collect.target-table']({ table, reason: `no column ${missing.join(', ')}` })
  const keyText = mart.key.map(column => `toString(${name(column)})`).join(', ')
  return {
    async send(changes) {
      const { upserts, deletes } = latestOf(changes)
      if (upserts.length > 0) {
        const body = upserts.map(({ row, seq }) => `${JSON.stringify({ ...row, [VERSION]: seq })}\n`).join('')
        const into = `INSERT INTO ${table} (${[...columns.map(name), VERSION].join(', ')}) FORMAT JSONEachRow`
        await ask(into, { date_time_input_format: 'best_effort' }, body)
      }
      if (deletes.length > 0)
        await ask(`ALTER TABLE ${table} DELETE WHERE [${keyText}] IN {gone:Array(Array(String))}`, {
          param_gone: arrays(deletes.map(change => change.key)),
          mutations_sync: '2',
        })
      return []
    },
    close: async () => undefined,
  }
}

/** A parameter as the interface reads it: quotes and backslashes escaped. */
const arrays = (keys: readonly (readonly string[])[]): string =>
  `[${keys.map(key => `[${key.map(part => `'${part.replace(/[\\']/g, '\\$&')}'`).join(',')}]`).join(',')}]`

export const clickhouse: Carrier = {
  kind: 'clickhouse',
  batch: place => ('host' in place ? place.batch : 2000),
  open,
  test: async cargo => `ClickHouse ${(await asker(cargo)('SELECT version() FORMAT TSV')).trim()}`,
}
