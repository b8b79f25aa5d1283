import { setTimeout as wait } from 'node:timers/promises'
import { HuiyinError } from '../../errors.ts'
import { factsErrors } from './errors.ts'

/** How long a caller waits for an engine that is being started again. */
const PATIENCE_MS = 15_000

const codeOf = (error: unknown): string | undefined => {
  const { code, cause, errors } = error as { code?: string; cause?: unknown; errors?: unknown[] }
  return code ?? (cause ? codeOf(cause) : errors?.[0] ? codeOf(errors[0]) : undefined)
}
const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'])
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ETIMEDOUT', 'ECONNABORTED'])
const isBroken = (error: unknown): boolean =>
  BROKEN.has(codeOf(error) ?? '') ||
  (error instanceof HuiyinError && error.code === 'facts.answer-cut-off') ||
  /socket hang up|aborted|terminated/.test((error as Error).message)

/**
 * Tries again what cannot happen twice: anything whose connection was refused, and a read whose connection broke.
 * Everything that fails for good comes out as one of `factsErrors`.
 */
export async function persistently<T>(
  attempt: () => Promise<T>,
  how: { url: string; isRead: boolean; signal?: AbortSignal; closed?: () => boolean },
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (let pause = 50; ; pause = Math.min(1000, pause * 2)) {
    try {
      how.signal?.throwIfAborted()
      return await attempt()
    } catch (error) {
      how.signal?.throwIfAborted()
      const again = REFUSED.has(codeOf(error) ?? '') || (how.isRead && isBroken(error))
      // Nobody starts an engine again for a client that was closed.
      if (!again || how.closed?.() || Date.now() > deadline) throw failureOf(error, how)
      await wait(pause, undefined, { signal: how.signal }).catch(() => how.signal?.throwIfAborted())
    }
  }
}

/** What went wrong with the connection, or the error as it is. */
export function failureOf(error: unknown, { url, isRead }: { url: string; isRead: boolean }): unknown {
  if (error instanceof HuiyinError) return error
  const reason = (error as Error).message || (codeOf(error) ?? '')
  if (REFUSED.has(codeOf(error) ?? '')) return factsErrors['facts.unreachable']({ url, reason }, error)
  if (!isBroken(error)) return error
  return isRead
    ? factsErrors['facts.unreachable']({ url, reason }, error)
    : factsErrors['facts.outcome-unknown']({}, error)
}

/**
 * The engine's answer when it refuses: `Code: 62. DB::Exception: message (SYNTAX_ERROR) (version …)`. Read here and not
 * by the stock client, which takes the first word in parentheses for the type and drops the rest of the message.
 * Codes: https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
 */
export function engineFailure(text: string, url: string): HuiyinError {
  const found =
    /Code: (\d+)\. DB::Exception: ([\s\S]*?)\s*(?:\(([A-Z0-9_]{3,})\)\s*)?(?:\(version [^)]*\)*\)?\s*)?$/.exec(text)
  if (!found) return factsErrors['facts.unreachable']({ url, reason: text.slice(0, 500) })
  const [, code = '', full = '', type = ''] = found
  const message = withoutData(full)
  if (code === '394' || code === '159') return factsErrors['facts.cancelled']({ code })
  if (code === '241') return factsErrors['facts.out-of-memory']({ message, code })
  if (code === '243' || /errno: 28|No space left on device/.test(message)) {
    return factsErrors['facts.disk-full']({ message, code })
  }
  return factsErrors['facts.query-failed']({ message, code, type })
}

/**
 * What a parser says of a bad row quotes the row, which may be a person's: its number and the expected type stay, the
 * text goes, and so does the path of the file in which the rows waited.
 */
const withoutData = (message: string): string =>
  message
    .replace(/\s*:?\s*\n+Row \d+:\n[\s\S]*?\n\n(?=: |$)/g, ' ')
    .replace(/ before: '[\s\S]*?'(?=: |$)/g, '')
    .replace(/ \([A-Z_]+\) \(version [^)]*\)\.?/g, '')
    .replace(/\s*:?\s*\(in file\/uri [^)]*\)/g, '')
    .replace(/^Code: \d+\. DB::Exception: /, '')

/**
 * The exception that a server writes behind a body already under way, announced by the header
 * X-ClickHouse-Exception-Tag: `\r\n__exception__\r\nTAG\r\nmessage\nLENGTH TAG\r\n__exception__\r\n`.
 */
export function failureAtEnd(tag: string | undefined, url: string): (tail: Buffer) => Error | undefined {
  return tail => {
    if (tag === undefined) return undefined
    const end = Buffer.from(` ${tag}\r\n__exception__\r\n`)
    if (tail.length < end.length || !tail.subarray(-end.length).equals(end)) return undefined
    const start = `\r\n__exception__\r\n${tag}\r\n`
    const from = tail.lastIndexOf(start, tail.length - end.length)
    const text = tail.subarray(from < 0 ? 0 : from + start.length, tail.length - end.length).toString('utf8')
    return engineFailure(text.replace(/\n\d+$/, ''), url)
  }
}
