import type { Language } from '../languages.ts'
import type { Inline, Mark, Paragraph, Phrase } from '../rich-text.ts'
import type { Compilation } from './compilation.ts'
import { asWords, fieldLiquid, isAddress, phraseLiquid, plainLiquid, whenLiquid } from './liquid-of.ts'

/** Words of one look, under the name of their text; or a choice between such, or the end of a line. */
export type Run =
  | { type: 'words'; text: string; marks: readonly Mark[]; link: string | undefined }
  | { type: 'choice'; key: string; runs: Run[]; otherwise: Run[] }
  | { type: 'break' }

export type LaidParagraph =
  | { type: 'paragraph' | 'small'; align: 'left' | 'center' | 'right'; runs: Run[] }
  | { type: 'heading'; level: 1 | 2 | 3; runs: Run[] }
  | { type: 'bullets' | 'numbers'; items: Run[][] }

/** Names texts of one block in one language: `intro.0`, `intro.1`. */
export class Namer {
  private next = 0
  readonly to: Compilation
  readonly language: Language
  readonly block: string

  constructor(to: Compilation, block: string, language: Language) {
    this.to = to
    this.block = block
    this.language = language
  }

  put(liquid: string): string {
    return this.to.say(this.language, `${this.block}.${this.next++}`, liquid)
  }
}

export function layParagraph(paragraph: Paragraph, name: Namer): LaidParagraph {
  switch (paragraph.type) {
    case 'bullets':
    case 'numbers':
      return { type: paragraph.type, items: paragraph.items.map(item => runsOf(item, name)) }
    case 'heading':
      return { type: 'heading', level: paragraph.level, runs: runsOf(paragraph.content, name) }
    default:
      return { type: paragraph.type, align: paragraph.align ?? 'left', runs: runsOf(paragraph.content, name) }
  }
}

interface Open {
  liquid: string
  marks: readonly Mark[]
  link: Phrase | undefined
}

/** Neighbours of one look become one text: a plain paragraph with fields and conditions in it is a single Liquid text. */
export function runsOf(inlines: readonly Inline[], name: Namer): Run[] {
  const runs: Run[] = []
  let open: Open | undefined
  const close = () => {
    if (open)
      runs.push({
        type: 'words',
        text: name.put(open.liquid),
        marks: open.marks,
        link: open.link && isAddress(open.link) ? name.put(phraseLiquid(open.link, name.to, 'address')) : undefined,
      })
    open = undefined
  }
  const add = (liquid: string, marks: readonly Mark[] = [], link?: Phrase) => {
    if (open && !alike(open, { marks, link })) close()
    open ??= { liquid: '', marks, link }
    open.liquid += liquid
  }
  for (const each of inlines) {
    if (each.type === 'text') add(asWords(each.text), each.marks, each.link)
    else if (each.type === 'field') add(fieldLiquid(each), each.marks, each.link)
    else if (each.type === 'when' && lookOf(each)) {
      const key = name.to.condition(each.when)
      const { marks, link } = lookOf(each)!
      add(whenLiquid(key, plainLiquid(each.content, name.to), plainLiquid(each.otherwise ?? [], name.to)), marks, link)
    } else {
      close()
      if (each.type === 'break') runs.push({ type: 'break' })
      else {
        const key = name.to.condition(each.when)
        runs.push({
          type: 'choice',
          key,
          runs: runsOf(each.content, name),
          otherwise: runsOf(each.otherwise ?? [], name),
        })
      }
    }
  }
  close()
  return runs
}

const alike = (a: Look, b: Look): boolean =>
  [...a.marks].sort().join() === [...b.marks].sort().join() && JSON.stringify(a.link) === JSON.stringify(b.link)

type Look = Pick<Open, 'marks' | 'link'>

/** The one look of everything in a choice of words, if it has one: such a choice is made in the text itself. */
function lookOf(inline: Inline): Look | undefined {
  if (inline.type === 'break') return undefined
  if (inline.type !== 'when') return { marks: inline.marks ?? [], link: inline.link }
  const looks = [...inline.content, ...(inline.otherwise ?? [])].map(lookOf)
  const [first] = looks
  return first && looks.every(look => look && alike(look, first)) ? first : undefined
}
