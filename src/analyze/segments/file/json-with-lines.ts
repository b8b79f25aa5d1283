import type { Text } from '../../../platform/text.ts'

/** Where something stands in a JSON text, from 1. */
export interface Place {
  line: number
  column: number
}

export type Path = readonly (string | number)[]

/** JSON that knows where each of its values stands, so that a message can name the line. */
export interface ReadJson {
  value: unknown
  /** Of the value at a path, or of the nearest there is on the way to it. */
  placeOf(path: Path): Place
}

/** What is wrong and where; a key said twice is wrong too, since the engine's own parser would quietly drop the first. */
export class JsonProblem extends Error {
  readonly place: Place
  readonly what: Text
  constructor(what: Text, place: Place) {
    super(what.en)
    this.place = place
    this.what = what
  }
}

const STRING = /"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const SPACE = /[ \t\n\r]*/y
const DEEPEST = 200

export function readJson(given: string): ReadJson {
  const text = given.replace(/^\uFEFF/, '')
  const offsets = new Map<string, number>()
  let at = 0
  const placeAt = (offset: number): Place => {
    const before = text.slice(0, offset).split('\n')
    return { line: before.length, column: before.at(-1)!.length + 1 }
  }
  const fail = (en: string, zh: string, offset = at): never => {
    throw new JsonProblem({ en, zh }, placeAt(offset))
  }
  /** What stands here in the place of what should. */
  const wanted = (en: string, zh: string): never => {
    const here = text.slice(at, at + 12).split('\n')[0]!
    return at >= text.length
      ? fail(`the file ends where ${en} should stand`, `此处应为${zh}，文件却已结束`)
      : fail(`"${here}" stands where ${en} should`, `此处应为${zh}，却是“${here}”`)
  }
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  /** With its quotes; line breaks and other control characters must be escaped, and mostly tell of a quote forgotten. */
  const string = (): string => {
    const start = at
    const found = take(STRING)
    const control = found === undefined ? -1 : Array.from(found).findIndex(char => char < ' ')
    if (found === undefined || control >= 0)
      return fail(
        'a text is not closed, or has a character that must be escaped',
        '文本未闭合，或含有须转义的字符',
        start + Math.max(0, control),
      )
    return found
  }
  const next = (): string => {
    take(SPACE)
    return text[at] ?? ''
  }

  function value(path: string, depth: number): void {
    if (depth > DEEPEST) fail(`nested deeper than ${DEEPEST}`, `嵌套超过 ${DEEPEST} 层`)
    const first = next()
    offsets.set(path, at)
    if (first === '{') members(path, depth)
    else if (first === '[') elements(path, depth)
    else if (first === '"') string()
    else take(WORD) ?? take(NUMBER) ?? wanted('a value', '值')
  }
  function members(path: string, depth: number): void {
    const seen = new Set<string>()
    at++
    if (next() === '}') return void at++
    for (;;) {
      if (next() !== '"') wanted('a name in quotes', '带引号的名称')
      const start = at
      const name = JSON.parse(string()) as string
      if (seen.has(name)) fail(`"${name}" is said twice in one object`, `同一对象中“${name}”出现两次`, start)
      seen.add(name)
      if (next() !== ':') wanted(`a colon after "${name}"`, `“${name}”之后的冒号`)
      at++
      value(`${path}/${name}`, depth + 1)
      if (next() === '}') return void at++
      if (text[at] !== ',') wanted('a comma or }', '逗号或 }')
      at++
    }
  }
  function elements(path: string, depth: number): void {
    at++
    if (next() === ']') return void at++
    for (let i = 0; ; i++) {
      value(`${path}/${i}`, depth + 1)
      if (next() === ']') return void at++
      if (text[at] !== ',') wanted('a comma or ]', '逗号或 ]')
      at++
    }
  }
  value('', 0)
  if (next() !== '') wanted('nothing more', '文件结尾')
  return {
    value: JSON.parse(text) as unknown,
    placeOf(path) {
      for (let length = path.length; length > 0; length--) {
        const offset = offsets.get(`/${path.slice(0, length).join('/')}`)
        if (offset !== undefined) return placeAt(offset)
      }
      return { line: 1, column: 1 }
    },
  }
}
