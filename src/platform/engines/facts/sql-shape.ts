/**
 * What a statement is, as far as the HTTP interface must know: does it select or insert, and where its FORMAT clause
 * stands. A scan over tokens, because strings, comments and heredocs may hold any of these words.
 */
export interface SqlShape {
  kind: 'select' | 'insert' | 'other'
  /** The FORMAT clause at the end: its name and the span of the whole clause. */
  format?: { name: string; start: number; end: number }
  /** Insert: where the SETTINGS, FORMAT or VALUES clause begins, before which FROM INFILE belongs. */
  clause?: number
  /** Insert: the `input` of a table function `input('structure')`. */
  input?: { start: number; end: number }
  /** Insert: it takes its rows from a SELECT. */
  selects: boolean
}

const TOKEN =
  /(?<skip>\s+|--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?\*\/)|(?<text>'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|`[^`\\]*(?:\\[\s\S][^`\\]*)*`|\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$)|(?<word>[A-Za-z_]\w*)|[0-9][\w.]*|[\s\S]/y

interface Token {
  word: string
  start: number
  end: number
  depth: number
}

/** Words are upper-cased; every other token keeps its first character. Whitespace and comments are left out. */
function tokens(sql: string): Token[] {
  const found: Token[] = []
  let depth = 0
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(sql); match !== null; match = TOKEN.exec(sql)) {
    const { skip, word } = match.groups ?? {}
    if (skip !== undefined) continue
    const text = match[0]
    if (text === ')') depth--
    found.push({ word: word ? word.toUpperCase() : text[0]!, start: match.index, end: TOKEN.lastIndex, depth })
    if (text === '(') depth++
  }
  return found
}

/** Only a SELECT can go INTO OUTFILE: SHOW accepts the clause too, but forgets it. */
const SELECTS = new Set(['SELECT', 'WITH', 'FROM', '('])

export function shapeOf(sql: string): SqlShape {
  const all = tokens(sql)
  while (all.at(-1)?.word === ';') all.pop()
  const first = all[0]?.word ?? ''
  const top = all.filter(token => token.depth === 0)
  const insertAt = first === 'INSERT' ? 0 : first === 'WITH' ? top.findIndex(isInsertInto) : -1
  const format = formatClause(sql, top)
  if (insertAt < 0) return { kind: SELECTS.has(first) ? 'select' : 'other', format, selects: false }

  const rest = top.slice(insertAt + 1)
  const inputAt = all.findIndex((token, i) => token.word === 'INPUT' && all[i + 1]?.word === '(')
  const clause = rest.find(token => ['SETTINGS', 'FORMAT', 'VALUES'].includes(token.word))
  return {
    kind: 'insert',
    format,
    clause: clause?.start,
    input: inputAt < 0 ? undefined : { start: all[inputAt]!.start, end: all[inputAt]!.end },
    selects: all.some(token => token.word === 'SELECT'),
  }
}

const isInsertInto = (token: Token, at: number, top: Token[]): boolean =>
  token.word === 'INSERT' && top[at + 1]?.word === 'INTO'

/** `… FORMAT Name` at the very end, or before SETTINGS; inline data after it means it is not a clause to move. */
function formatClause(sql: string, top: Token[]): SqlShape['format'] {
  const at = top.findLastIndex(token => token.word === 'FORMAT')
  const name = top[at + 1]
  const after = top[at + 2]
  if (at < 1 || !name || !/^[A-Z_]/.test(name.word)) return undefined
  if (after && after.word !== 'SETTINGS') return undefined
  return { name: sql.slice(name.start, name.end), start: top[at]!.start, end: name.end }
}

/** SQL text without the semicolon and the comments after its end, so that a clause can be appended. */
export function withoutTail(sql: string): string {
  const all = tokens(sql)
  while (all.at(-1)?.word === ';') all.pop()
  return sql.slice(0, all.at(-1)?.end ?? 0)
}

/** A string literal. Everything is escaped that could end it, and NUL, which would end the text in C. */
export const literal = (text: string): string =>
  `'${text.replace(/[\\'\0\n\r\t]/g, char => ESCAPES[char as keyof typeof ESCAPES])}'`
const ESCAPES = { '\\': '\\\\', "'": "\\'", '\0': '\\0', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

export const identifier = (name: string): string => `\`${name.replace(/[\\`]/g, char => `\\${char}`)}\``
