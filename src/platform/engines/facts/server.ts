import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { constants, createBrotliCompress, createGzip, createZstdCompress } from 'node:zlib'
import { exceptionOf, exceptionText, midStreamException } from './exception.ts'
import { type FactsRequest, readRequest } from './request.ts'
import type { Spool } from './spool.ts'
import type { Outcome, Statements } from './statement.ts'

export interface Serving {
  statements: Statements
  spool: Spool
  version: string
  username: string
  password: string
}

/** ClickHouse's HTTP interface, as far as the stock client uses it: GET /ping, and GET or POST / with a statement. */
export function serveFacts(serving: Serving): Server {
  // Long lists of parameters come in the URL; a body may take as long as it needs to arrive.
  const server = createServer({ maxHeaderSize: 1 << 20, requestTimeout: 0 }, (request, response) => {
    void answer(serving, request, response)
  })
  server.keepAliveTimeout = 60_000
  return server
}

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(new Error('the request went away'))
  })
  try {
    const path = (request.url ?? '/').split('?')[0]
    if (path === '/ping') return void response.end('Ok.\n')
    if (!signedIn(serving, request)) {
      throw new Error(exceptionText(516, 'AUTHENTICATION_FAILED', 'Authentication failed: password is incorrect.'))
    }
    if (path !== '/') return void response.writeHead(404).end(`There is no handle ${path}\n`)
    await run(serving, await readRequest(request), response, gone.signal)
  } catch (error) {
    fail(serving, request, response, error)
  }
}

async function run(
  serving: Serving,
  asked: FactsRequest,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const queryId = asked.queryId ?? randomUUID()
  response.setHeader('X-ClickHouse-Query-Id', queryId)
  response.setHeader('X-ClickHouse-Server-Display-Name', 'huiyin-embedded')
  response.setHeader('X-ClickHouse-Timezone', 'UTC')
  const body = asked.rows ? await serving.spool.keep(asked.rows) : undefined
  const started = process.hrtime.bigint()
  try {
    const outcome = await serving.statements.start({ ...asked, queryId, bodyFile: body?.path, signal })
    response.setHeader('X-ClickHouse-Format', outcome.format)
    response.setHeader('Content-Type', contentType(outcome.format))
    if (outcome.output) return await send(serving, asked, outcome, response, signal)
    const { writtenRows, writtenBytes, readRows } = await outcome.done
    const elapsed = process.hrtime.bigint() - started
    response.setHeader('X-ClickHouse-Summary', summary(readRows, writtenRows, writtenBytes, elapsed))
    response.end()
  } finally {
    await body?.drop()
  }
}

/** The head goes out with the first bytes, so that an error before them has its own status. */
async function send(
  serving: Serving,
  asked: FactsRequest,
  { output, done }: Outcome,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const tag = randomBytes(8).toString('hex')
  // The outcome is awaited below; until then its rejection is not an unhandled one.
  done.catch(() => undefined)
  let body: Writable | undefined
  for await (const chunk of output!) {
    body ??= head(asked, response, tag)
    if (!body.write(chunk)) await once(body, 'drain', { signal })
  }
  try {
    await done
  } catch (error) {
    if (!body || signal.aborted) throw error
    body.end(midStreamException(exceptionOf(error, serving.version).text, tag))
    return
  }
  body ??= head(asked, response, tag)
  body.end()
}

function head(asked: FactsRequest, response: ServerResponse, tag: string): Writable {
  response.setHeader('X-ClickHouse-Summary', summary(0, 0, 0, 0n))
  response.setHeader('X-ClickHouse-Exception-Tag', tag)
  if (!asked.compress) return response
  response.setHeader('Content-Encoding', asked.compress)
  const compressor = {
    gzip: () => createGzip({ level: 3 }),
    zstd: () => createZstdCompress(),
    br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
  }[asked.compress]()
  compressor.pipe(response)
  response.once('close', () => compressor.destroy())
  return compressor
}

function fail(serving: Serving, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const { code, status, text } = exceptionOf(spoolError(error), serving.version)
  if (response.headersSent) return void response.destroy()
  // What is left of the body is not read, so the connection cannot be used again.
  if (!request.complete) response.setHeader('Connection', 'close')
  response.setHeader('X-ClickHouse-Exception-Code', code)
  response.setHeader('Content-Type', 'text/plain; charset=UTF-8')
  response.removeHeader('X-ClickHouse-Format')
  response.writeHead(status).end(`${text}\n`)
}

/** A body that could not be written to disk, in the words the engine has for it. */
function spoolError(error: unknown): unknown {
  const errno = (error as NodeJS.ErrnoException).code
  if (errno !== 'ENOSPC' && errno !== 'EDQUOT') return error
  return new Error(exceptionText(243, 'NOT_ENOUGH_SPACE', 'No space left on device for the rows of an INSERT.'))
}

function signedIn({ username, password }: Serving, { headers, url }: IncomingMessage): boolean {
  const basic = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1]
  const query = new URL(url ?? '/', 'http://engine').searchParams
  const given = basic
    ? Buffer.from(basic, 'base64').toString()
    : `${headers['x-clickhouse-user'] ?? query.get('user')}:${headers['x-clickhouse-key'] ?? query.get('password')}`
  const [a, b] = [Buffer.from(given), Buffer.from(`${username}:${password}`)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const summary = (readRows: number, writtenRows: number, writtenBytes: number, elapsed: bigint): string =>
  JSON.stringify({
    read_rows: String(readRows),
    read_bytes: '0',
    written_rows: String(writtenRows),
    written_bytes: String(writtenBytes),
    total_rows_to_read: '0',
    result_rows: String(writtenRows),
    result_bytes: String(writtenBytes),
    elapsed_ns: String(elapsed),
  })

const contentType = (format: string): string =>
  /^JSON(Compact|Strings|Columns)*(WithMetadata)?$/.test(format)
    ? 'application/json; charset=UTF-8'
    : /^(CSV)/.test(format)
      ? 'text/csv; charset=UTF-8'
      : /^(TSV|TabSeparated)/.test(format)
        ? 'text/tab-separated-values; charset=UTF-8'
        : /^JSON/.test(format)
          ? 'application/x-ndjson; charset=UTF-8'
          : 'application/octet-stream'
