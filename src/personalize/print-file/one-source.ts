import type { TemplateVersion } from '../compose/template.ts'

const DATA = '#let data = json("/data.json")\n'
const IMPORT = /^#import "\/([^"]+)": \*\n/gm

/**
 * A version's sources as one function of the data, so that many documents of it are set from one text: it is parsed once, and what
 * is equal in all of them (head, foot, headings, fixed words) is laid out once, because the engine remembers by place in a source as
 * well as by content. 200 bills took 7.5 ms each from copies of the sources and take 2.9 ms so.
 *
 * Undefined for sources written in another way than the prelude and the designs are: those are set from copies (rooted-sources.ts).
 */
export function oneSource({ files }: Pick<TemplateVersion, 'files'>, name: string): string | undefined {
  const main = files['main.typ']
  if (main === undefined || !main.includes('#import "/huiyin.typ": *\n')) return undefined
  const shared = imported(main, files)
  if (!shared) return undefined
  const parts = [...shared].map(file => files[file]!.replace(IMPORT, ''))
  if (parts.filter(text => text.includes(DATA)).length !== 1) return undefined
  const body = main.replace(IMPORT, '').trim()
  const definitions = parts.map(text => text.replace(DATA, ''))
  if (definitions.some(text => !onlyDefines(text)) || [body, ...definitions].some(readsFiles)) return undefined
  // As code, for what stands between definitions in markup is content: it would open a page before the template's own.
  const code = definitions.map(text => text.replaceAll(/^#let /gm, 'let '))
  const source = `#let ${name}(data, print-root, print-ending) = {\n${code.join('\n')}\n[${body}\n#print-ending]\n}\n`
  return source.replace(/"\/(charts\/[^"]*)"/g, '(print-root + "/$1")')
}

/** All files that a file takes everything from, those first that others need; undefined when one is not there. */
function imported(text: string, files: Record<string, string>, found = new Set<string>()): Set<string> | undefined {
  for (const [, file = ''] of text.matchAll(IMPORT)) {
    if (found.has(file)) continue
    const source = files[file]
    if (source === undefined || !imported(source, files, found)) return undefined
    found.add(file)
  }
  return found
}

/** Nothing but definitions and comments begins a line. */
const onlyDefines = (text: string): boolean => text.split('\n').every(line => /^(#let |\/\/|[\s})\]]|$)/.test(line))

/** Other imports, includes, or the data once more: paths that would have to lead elsewhere for every document. */
const readsFiles = (text: string): boolean => /\b(import|include)\s+["(]|"\/data\.json"/.test(text)
