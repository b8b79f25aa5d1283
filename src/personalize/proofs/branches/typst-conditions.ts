import { placeOf } from '../../compose/liquid-problem.ts'

export interface TypstCondition {
  file: string
  line: number
  source: string
}

/** The conditions of `if` and `else if` in a template's own Typst, as written. */
export function typstConditions(files: Readonly<Record<string, string>>): TypstCondition[] {
  return Object.entries(files)
    .filter(([name]) => name.endsWith('.typ') && name !== 'huiyin.typ')
    .flatMap(([file, text]) => {
      const code = withoutComments(text)
      return Array.from(code.matchAll(/(?<![\w-])if\s+/g), found => ({
        at: found.index,
        from: found.index + found[0].length,
      }))
        .map(({ at, from }) => ({
          file,
          line: placeOf(text, at).line,
          source: code.slice(from, endOf(code, from)).trim(),
        }))
        .filter(({ source }) => source !== '' && source.length < 400)
    })
}

/** Blanks in their place, so that positions stay. */
const withoutComments = (text: string): string =>
  text.replace(/(^|[^:"])\/\/[^\n]*|\/\*[\s\S]*?\*\//gm, found => found.replace(/[^\n]/g, ' '))

/** A condition ends where its block begins: at the first brace or bracket outside parentheses and strings. */
function endOf(code: string, from: number): number {
  let depth = 0
  for (let at = from; at < code.length; at++) {
    const character = code[at]!
    if (character === '"') for (at++; at < code.length && code[at] !== '"'; at++) if (code[at] === '\\') at++
    if (character === '(') depth++
    if (character === ')') depth--
    if (depth < 0 || (depth === 0 && (character === '{' || character === '['))) return at
  }
  return from
}
