import { LiquidError } from 'liquidjs'
import type { Problem } from './problem.ts'

/** A template that failed, with the place. */
export class TemplateFault extends Error {
  override name = 'TemplateFault'
  readonly problem: Problem
  constructor(problem: Problem, cause: unknown) {
    super(problem.message, { cause })
    this.problem = problem
  }
}

/** Where a piece of Liquid stands: a file of its own, or the text of a key in a file of texts. */
export interface LiquidPlace {
  file: string
  /** The whole file as its author wrote it. */
  written: string
  key?: string
}

/** Lines and columns of the file as written, whatever was made of it since: texts stand in JSON, HTML came from MJML. */
export function liquidProblem(error: unknown, { file, written, key }: LiquidPlace): Problem {
  const message = plain(error instanceof Error ? error.message : String(error))
  if (!LiquidError.is(error)) return { file, ...(key === undefined ? {} : { field: key }), message }
  const tag = error.token.getText()
  const [line = 1, column = 1] = error.token.getPosition()
  if (key !== undefined) {
    const from = keyAt(written, key)
    const at = within(written, JSON.stringify(tag).slice(1, -1), from)
    return { file, ...placeOf(written, at < 0 ? from : at), field: key, message }
  }
  const at = within(written, tag, 0)
  const place = at < 0 ? { line, column } : placeOf(written, at)
  const [, field] = /\{[{%][-\s]*(?:if|unless|elsif|case|for\s+\w+\s+in)?\s*([A-Za-z_][\w.]*)/.exec(tag) ?? []
  return { file, ...place, ...(field ? { field } : {}), message }
}

const within = (text: string, part: string, from: number): number => (part === '' ? -1 : text.indexOf(part, from))

/** Where a key of the first level begins. */
export function keyAt(json: string, key: string): number {
  const found = new RegExp(`${JSON.stringify(key).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*:`).exec(json)
  return found?.index ?? 0
}

export function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** The engine adds `, line:2, col:3`, which the place says already. */
const plain = (message: string): string => message.replace(/, line:\d+, col:\d+$/, '')
