import { createReadStream } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { addAbortSignal, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { blockColumns } from './block-columns.ts'
import type { Columns } from './columns.ts'
import { factsErrors } from './errors.ts'
import type { BulkLoad, ColumnData, ColumnsOptions, Facts, FactsAddress, Params, QueryOptions } from './facts.ts'
import { engineFailure, failureAtEnd, failureOf, persistently } from './failures.ts'
import { quoted } from './names.ts'
import { type Block, type FailureIn, readNative } from './native-reader.ts'
import { writeNative } from './native-writer.ts'
import { wireParams } from './params.ts'
import { decodeRows, ROW_SETTINGS } from './row-decoder.ts'

/** A statement means the same on every engine, whatever the server's profile or time zone. */
const READ_SETTINGS = { session_timezone: 'UTC' }
const WRITE_SETTINGS = {
  ...READ_SETTINGS,
  // The summary counts written rows only when the statement is through.
  wait_end_of_query: 1,
  // Back means done: mutations on every replica, inserts into a Distributed table on every shard.
  mutations_sync: 2,
  alter_sync: 2,
  distributed_foreground_insert: 1,
  async_insert: 0,
  // An unknown field of a row is a mistake, not something to drop.
  input_format_skip_unknown_fields: 0,
  date_time_input_format: 'best_effort',
}

interface Answer {
  stream: Readable
  failure: FailureIn
  writtenRows: number
}

export function connectFacts(address: FactsAddress, stopEngine?: () => Promise<void>): Facts {
  const { url } = address
  let over = false
  const closed = (): boolean => over
  const client = createClient({
    url,
    username: address.username,
    password: address.password,
    database: address.database,
    application: 'huiyin',
    max_open_connections: 32,
    // A statement may work for hours before its first byte; who waits less gives a signal.
    request_timeout: 24 * 3600 * 1000,
    // What fails is thrown; the client's own log would put statements and their values on stderr.
    log: { level: ClickHouseLogLevel.OFF },
  })

  /** One request. `exec` and not `query`, because the client has no other way to hand over the bytes of an answer. */
  async function send(
    sql: string,
    params: Params,
    settings: Record<string, string | number | boolean>,
    signal?: AbortSignal,
    body?: Readable,
  ): Promise<Answer> {
    const statement = {
      query: sql,
      query_params: wireParams(params),
      clickhouse_settings: settings,
      abort_signal: signal,
      // Refusals are read below, with all they say.
      ignore_error_response: true,
    }
    const { stream, summary, response_headers, http_status_code } = await client.exec(
      body ? { ...statement, values: body } : statement,
    )
    // After the head has come the client no longer listens to the signal.
    if (signal) addAbortSignal(signal, stream)
    const tag = response_headers['x-clickhouse-exception-tag'] as string | undefined
    if ((http_status_code ?? 200) >= 400) throw engineFailure((await buffer(stream)).toString('utf8'), url)
    return { stream, failure: failureAtEnd(tag, url), writtenRows: Number(summary?.written_rows ?? 0) }
  }

  const read = (sql: string, format: string, params: Params, { signal, settings }: QueryOptions) =>
    send(`${sql}\nFORMAT ${format}`, params, { ...READ_SETTINGS, ...settings }, signal)

  function write(
    sql: string,
    params: Params,
    { signal, settings }: QueryOptions,
    body?: () => Readable,
  ): Promise<number> {
    return persistently(
      async () => {
        const rows = body?.()
        // The client forgets the body's own failure; without this an unreadable file would look like a broken connection.
        const broken = rows && new Promise<never>((_, reject) => rows.once('error', reject))
        const sent = send(sql, params, { ...WRITE_SETTINGS, ...settings }, signal, rows)
        const { stream, failure, writtenRows } = await (broken ? Promise.race([sent, broken]) : sent)
        const error = failure(await buffer(stream))
        if (error) throw error
        return writtenRows
      },
      { url, isRead: false, signal, closed },
    )
  }

  async function query<T>(sql: string, params: Params = {}, options: QueryOptions = {}): Promise<T[]> {
    const text = await persistently(
      async () => {
        const settings = { ...ROW_SETTINGS, ...options.settings }
        const answer = await read(sql, 'JSONCompactEachRowWithNamesAndTypes', params, { ...options, settings })
        const bytes = await buffer(answer.stream)
        const error = answer.failure(bytes)
        if (error) throw error
        return bytes.toString('utf8')
      },
      { url, isRead: true, signal: options.signal, closed },
    )
    return decodeRows(text) as T[]
  }

  async function columns(sql: string, params: Params = {}, options: ColumnsOptions = {}): Promise<Columns> {
    const blocks = await persistently(
      async () => {
        const answer = await read(sql, 'Native', params, options)
        const all: Block[] = []
        for await (const block of readNative(answer.stream, answer.failure)) all.push(block)
        return all
      },
      { url, isRead: true, signal: options.signal, closed },
    )
    return blockColumns(blocks, options.shared)
  }

  async function* stream(sql: string, params: Params = {}, options: ColumnsOptions = {}): AsyncGenerator<Columns> {
    const how = { url, isRead: true, signal: options.signal, closed }
    const answer = await persistently(() => read(sql, 'Native', params, options), how)
    try {
      for await (const block of readNative(answer.stream, answer.failure)) {
        if (block.rows > 0) yield blockColumns([block], options.shared)
      }
    } catch (error) {
      // Some batches are out already, so whoever reads them must begin anew.
      options.signal?.throwIfAborted()
      throw failureOf(error, how)
    } finally {
      answer.stream.destroy()
    }
  }

  async function bulkLoad(load: BulkLoad): Promise<{ rows: number }> {
    await access(load.path, constants.R_OK).catch(error => {
      throw factsErrors['facts.file-unreadable']({ path: load.path, reason: (error as Error).message }, error)
    })
    const into = `INSERT INTO ${quoted(load.table)}${load.columns ? ` (${load.columns.map(quoted).join(', ')})` : ''}`
    const from = load.select
      ? ` SELECT ${load.select} FROM input('${(load.structure ?? '').replace(/[\\']/g, '\\$&')}')`
      : ''
    if (address.seesFiles && load.select && isAbsolute(load.path) && !load.path.endsWith('.gz')) {
      const text = (value: string) => `'${value.replace(/[\\']/g, '\\$&')}'`
      const file = `file(${text(load.path)}, '${load.format}', ${text(load.structure ?? '')})`
      return { rows: await write(`${into} SELECT ${load.select} FROM ${file}`, load.params ?? {}, load) }
    }
    let unreadable: Error | undefined
    const body = () => fileBody(load.path).once('error', error => (unreadable = error))
    const rows = await write(`${into}${from} FORMAT ${load.format}`, load.params ?? {}, load, body).catch(error => {
      throw unreadable ? factsErrors['facts.file-unreadable']({ path: load.path, reason: unreadable.message }) : error
    })
    return { rows }
  }

  return {
    address,
    query,
    async one<T>(sql: string, params?: Params, options?: QueryOptions): Promise<T> {
      const rows = await query<T>(sql, params, options)
      if (rows.length !== 1) throw factsErrors['facts.not-one-row']({ rows: rows.length })
      return rows[0]!
    },
    columns,
    stream,
    async exec(sql, params = {}, options = {}) {
      return { writtenRows: await write(sql, params, options) }
    },
    async insert(table, rows, options = {}) {
      if (rows.length === 0) return
      const text = rows.map(row => `${JSON.stringify(row, bigAsText)}\n`).join('')
      await write(`INSERT INTO ${quoted(table)} FORMAT JSONEachRow`, {}, options, () =>
        Readable.from([Buffer.from(text)]),
      )
    },
    async insertColumns(table: string, data: Readonly<Record<string, ColumnData>>, options = {}) {
      const names = Object.keys(data)
      if (names.length === 0 || data[names[0]!]!.values.length === 0) return
      const into = `INSERT INTO ${quoted(table)} (${names.map(quoted).join(', ')}) FORMAT Native`
      await write(into, {}, options, () => Readable.from(writeNative(data)))
    },
    bulkLoad,
    async close() {
      over = true
      await client.close()
      await stopEngine?.()
    },
  }
}

const bigAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

function fileBody(path: string): Readable {
  const file = createReadStream(path, { highWaterMark: 1 << 20 })
  if (!path.endsWith('.gz')) return file
  const inflate = createGunzip()
  file.once('error', error => inflate.destroy(error))
  inflate.once('close', () => file.destroy())
  return file.pipe(inflate)
}
