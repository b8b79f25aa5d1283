/** A body of events, JSON or JSON lines, into a batch; what is refused is named by its place. */
import { EventBatch } from './batch.ts'
import { parseExactly } from './parse-exactly.ts'
import type { Problem } from './problems.ts'
import { readEvent, type Sender } from './read-event.ts'

export interface ReadBody {
  batch: EventBatch
  refused: number
  problems: Problem[]
  /** Set: the body as a whole is nothing that can be read. */
  unreadable?: string
}

/** More are counted, not named: an answer of 50,000 problems helps nobody. */
const MOST_PROBLEMS = 1000

export function readBody(text: string, lines: boolean, now: number, sender?: Sender): ReadBody {
  const read: ReadBody = { batch: new EventBatch(), refused: 0, problems: [] }
  const refuse = (problem: Problem): void => {
    read.refused++
    if (read.problems.length < MOST_PROBLEMS) read.problems.push(problem)
  }
  const take = (value: unknown, index: number): void => {
    const refusal = readEvent(value, now, read.batch, sender)
    if (refusal) refuse({ index, ...idOf(value), ...refusal })
  }
  if (!lines) {
    const events = wholeBody(text)
    if (typeof events === 'string') return { ...read, unreadable: events }
    for (let i = 0; i < events.length; i++) take(events[i], i)
    return read
  }
  let index = 0
  for (let from = 0; from < text.length; ) {
    let to = text.indexOf('\n', from)
    if (to < 0) to = text.length
    const line = text.slice(from, to)
    from = to + 1
    if (line.length < 3 && line.trim() === '') continue
    try {
      take(parseExactly(line), index)
    } catch {
      refuse({ index, field: '', code: 'not-json' })
    }
    index++
  }
  return read
}

function wholeBody(text: string): unknown[] | string {
  let body: unknown
  try {
    body = parseExactly(text)
  } catch (error) {
    // The engine quotes what stands at the place; that may be personal.
    return /position \d+/.exec((error as Error).message)?.[0] ?? 'end'
  }
  if (Array.isArray(body)) return body
  if (typeof body === 'object' && body !== null && 'events' in body && Array.isArray(body.events)) return body.events
  return [body]
}

const idOf = (value: unknown): { eventId?: string } => {
  const id = typeof value === 'object' && value !== null ? (value as { eventId?: unknown }).eventId : undefined
  return typeof id === 'string' ? { eventId: id.slice(0, 100) } : {}
}
