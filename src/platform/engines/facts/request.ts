import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { exceptionText } from './exception.ts'
import { shapeOf } from './sql-shape.ts'

/** A request of ClickHouse's HTTP interface, parsed. */
export interface FactsRequest {
  sql: string
  queryId: string | undefined
  database: string
  defaultFormat: string
  settings: [string, string][]
  params: [string, string][]
  /** Rows for an INSERT whose text came in the URL. */
  rows?: Readable
  /** Response compression the client accepts and asked for. */
  compress: 'gzip' | 'zstd' | 'br' | undefined
}

/** A statement's text is held in memory; more than this is data and belongs into a body with the text in the URL. */
const MAX_SQL_BYTES = 64 << 20

/** Of the interface itself, never settings of the engine. */
const INTERFACE = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'user',
  'password',
  'quota_key',
  'role',
  'stacktrace',
  'wait_end_of_query',
  'buffer_size',
  'http_write_exception_in_output_format',
  'log_comment',
])
const REFUSED = new Set(['session_id', 'session_timeout', 'session_check', 'compress', 'decompress'])

/** Reads the request's parameters; its body too, unless the body is the rows of an INSERT. */
export async function readRequest(request: IncomingMessage): Promise<FactsRequest> {
  const url = new URL(request.url ?? '/', 'http://engine')
  const given = [...url.searchParams]
  const refused = given.find(([name]) => REFUSED.has(name))
  if (refused) {
    throw new Error(exceptionText(48, 'NOT_IMPLEMENTED', `${refused[0]} is not supported by the embedded engine.`))
  }
  const body = inflated(request)
  let sql = url.searchParams.get('query') ?? ''
  let rows: Readable | undefined
  if (/^multipart\/form-data/.test(request.headers['content-type'] ?? '')) {
    const parts = multipart(await text(body), request.headers['content-type']!)
    sql += parts.find(([name]) => name === 'query')?.[1] ?? ''
    given.push(...parts.filter(([name]) => name !== 'query'))
  } else if (sql !== '' && shapeOf(sql).kind === 'insert') {
    // A file of no bytes comes as no body at all.
    if (hasBody(request) || !shapeOf(sql).selects) rows = body
  } else if (request.method !== 'GET') {
    sql = [sql, await text(body)].filter(Boolean).join('\n')
  }
  const last = (name: string) => given.findLast(entry => entry[0] === name)?.[1]
  const header = (name: string) => request.headers[name] as string | undefined
  return {
    sql,
    rows,
    queryId: last('query_id'),
    database: last('database') ?? header('x-clickhouse-database') ?? '',
    defaultFormat: last('default_format') ?? header('x-clickhouse-format') ?? 'TabSeparated',
    settings: given.filter(([name]) => !INTERFACE.has(name) && !name.startsWith('param_')),
    params: given.filter(([name]) => name.startsWith('param_')).map(([name, value]) => [name.slice(6), value]),
    compress: last('enable_http_compression') === '1' ? accepted(header('accept-encoding')) : undefined,
  }
}

const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0

const accepted = (header = ''): FactsRequest['compress'] =>
  (['zstd', 'br', 'gzip'] as const).find(name => header.split(/[\s,;]+/).includes(name))

function inflated(request: IncomingMessage): Readable {
  const encoding = request.headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return request
  const inflate = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress, zstd: createZstdDecompress }
  const create = inflate[encoding as keyof typeof inflate]
  if (!create) throw new Error(exceptionText(48, 'NOT_IMPLEMENTED', `Content-Encoding ${encoding} is not supported.`))
  const stream = create()
  request.once('error', error => stream.destroy(error))
  request.once('aborted', () => stream.destroy(new Error('the request was cut off')))
  return request.pipe(stream)
}

async function text(body: Readable): Promise<string> {
  let bytes = 0
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MAX_SQL_BYTES)
      body.destroy(new Error(exceptionText(141, 'INCORRECT_DATA', 'The statement is too long.')))
  })
  return (await buffer(body)).toString('utf8')
}

/** `multipart/form-data` as the stock client sends long parameters: text parts only, each once. */
function multipart(body: string, contentType: string): [string, string][] {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1]
  if (!boundary) throw new Error(exceptionText(36, 'BAD_ARGUMENTS', 'The multipart body names no boundary.'))
  return `\r\n${body}`
    .split(`\r\n--${boundary}`)
    .slice(1, -1)
    .map(part => {
      const end = part.indexOf('\r\n\r\n')
      const name = /name="([^"]*)"/.exec(part.slice(0, end))?.[1]
      if (name === undefined || end < 0)
        throw new Error(exceptionText(36, 'BAD_ARGUMENTS', 'A multipart part is broken.'))
      return [name, part.slice(end + 4)]
    })
}
