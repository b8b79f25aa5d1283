/** An engine error as ClickHouse words it: `Code: 62. DB::Exception: Syntax error … (SYNTAX_ERROR)`. */
export interface Exception {
  code: number
  status: number
  text: string
}

/** Errors of this interface itself, in ClickHouse's own codes. */
export const exceptionText = (code: number, name: string, message: string): string =>
  `Code: ${code}. DB::Exception: ${message} (${name})`

/** HTTP status by code, as ClickHouse's HTTPHandler maps them (src/Server/HTTPHandler.cpp, exceptionCodeToHTTPStatus). */
const STATUS: Record<number, number> = {
  516: 403,
  192: 403,
  193: 403,
  194: 403,
  497: 403,
  60: 404,
  81: 404,
  141: 413,
  159: 408,
  202: 503,
  241: 500,
  243: 500,
  394: 500,
}
const BAD_REQUEST = new Set([
  6, 16, 26, 27, 36, 38, 41, 42, 43, 46, 47, 50, 53, 62, 63, 69, 70, 72, 73, 113, 115, 117, 130, 216, 456, 457,
])

export function exceptionOf(error: unknown, version: string): Exception {
  const message = (error instanceof Error ? error.message : String(error)).replace(/^Query failed: /, '').trim()
  const found = /Code: (\d+)\. DB::Exception: /.exec(message)
  const code = found ? Number(found[1]) : 1001
  const text = found ? message : exceptionText(1001, 'STD_EXCEPTION', message)
  return {
    code,
    status: STATUS[code] ?? (BAD_REQUEST.has(code) ? 400 : 500),
    text: /\(version [\d.]+/.test(text) ? text : `${text} (version ${version} (embedded))`,
  }
}

/**
 * What ClickHouse ≥ 25.11 writes into a body that was already under way when the query failed; the tag was announced in
 * the header X-ClickHouse-Exception-Tag. The stock client recognises it.
 */
export function midStreamException(text: string, tag: string): string {
  const message = `${text}\n`
  return `\r\n__exception__\r\n${tag}\r\n${message}${Buffer.byteLength(message)} ${tag}\r\n__exception__\r\n`
}
