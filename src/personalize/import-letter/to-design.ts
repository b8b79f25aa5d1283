import type { Text } from '../../platform/text.ts'
import type { Block } from '../design/blocks.ts'
import type { Design } from '../design/design.ts'
import type { Language } from '../design/languages.ts'
import type { Inline, Paragraph, Phrase } from '../design/rich-text.ts'
import type { FoundField } from './field-paths.ts'
import { type Chips, inlines } from './inlines.ts'
import type { NotTaken } from './not-taken.ts'
import type { WordBlock, WordInline, WordParagraph, WordTable } from './word-tree.ts'

export interface PlacedPicture {
  asset: string
  /** Millimetres. */
  width: number
}

interface Given {
  language: Language
  /** Paths the data have. */
  paths: ReadonlySet<string>
  /** By number; null where a picture was not taken, which is said elsewhere. */
  pictures: readonly (PlacedPicture | null)[]
}

export interface Designed {
  design: Design
  fields: Map<string, FoundField>
  notTaken: NotTaken[]
}

/** Columns of a table that stands for a layout; more of them become lines. */
const MOST_COLUMNS = 4

/** A read letter as a design in one language: text gathered up to the next heading, table or picture. */
export function toDesign(blocks: readonly WordBlock[], given: Given): Designed {
  const maker = new Maker(given)
  const made = maker.blocks(blocks)
  const title = maker.title ?? [{ type: 'text' as const, text: '' }]
  return {
    design: {
      format: 1,
      languages: [given.language],
      title: { [given.language]: title },
      blocks: made,
      page: { head: true, size: 10.5, justify: false },
    },
    fields: maker.fields,
    notTaken: maker.notTaken,
  }
}

class Maker {
  readonly fields = new Map<string, FoundField>()
  readonly notTaken: NotTaken[] = []
  title: Design['title'][Language]
  private paragraph = 0
  private words = ''
  private blockCount = 0
  private readonly given: Given

  constructor(given: Given) {
    this.given = given
  }

  blocks(blocks: readonly WordBlock[]): Block[] {
    const made: Block[] = []
    let text: Paragraph[] = []
    const flush = () => {
      if (text.length > 0) made.push({ ...this.named('text'), type: 'text', text: this.spoken(text) })
      text = []
    }
    for (const block of blocks) {
      if (block.type === 'table') {
        flush()
        made.push(...this.table(block))
        continue
      }
      for (const part of this.parts(block)) {
        if (part.type === 'picture') {
          flush()
          made.push(part)
        } else {
          if (part.type === 'heading') flush()
          const last = text.at(-1)
          if ((part.type === 'bullets' || part.type === 'numbers') && last?.type === part.type)
            last.items.push(...part.items)
          else text.push(part)
        }
      }
    }
    flush()
    return made
  }

  private named(what: string): { id: string } {
    return { id: `${what}-${++this.blockCount}` }
  }

  private spoken<T>(value: T): Partial<Record<Language, T>> {
    return { [this.given.language]: value }
  }

  private odd(what: Text): void {
    this.notTaken.push({ paragraph: this.paragraph, words: this.words, what })
  }

  private chips(): Chips {
    return { fields: this.fields, paths: this.given.paths, odd: what => this.odd(what) }
  }

  /** A paragraph, and the pictures in it as blocks of their own where they stand. */
  private parts(word: WordParagraph): (Paragraph | Extract<Block, { type: 'picture' }>)[] {
    this.paragraph++
    this.words = wordsOf(word)
    const parts: (Paragraph | Extract<Block, { type: 'picture' }>)[] = []
    let run: Exclude<WordInline, { type: 'picture' }>[] = []
    const flush = () => {
      const content = trimmed(inlines(run, this.chips()))
      if (content.length > 0) parts.push(this.kindOf(word, content))
      run = []
    }
    for (const inline of word.content) {
      if (inline.type !== 'picture') {
        run.push(inline)
        continue
      }
      flush()
      const placed = this.given.pictures[inline.picture]
      if (placed)
        parts.push({
          ...this.named('picture'),
          type: 'picture',
          asset: placed.asset,
          alt: this.spoken([{ type: 'text', text: inline.alt }]),
          width: placed.width,
          align: alignOf(word.align) ?? 'left',
        })
    }
    flush()
    return parts
  }

  private kindOf({ style, align, list }: WordParagraph, content: Inline[]): Paragraph {
    if (list) {
      if (list.level > 0) this.odd({ en: 'a list inside a list, set level with it', zh: '嵌套列表，已并入同一级' })
      return { type: list.ordered ? 'numbers' : 'bullets', items: [content] }
    }
    const level = levelOf(style)
    if (level !== null) {
      if (level === 1) this.title ??= content.flatMap(plain)
      return { type: 'heading', level, content }
    }
    const side = alignOf(align)
    return {
      type: /caption|footnote|题注/.test(style) ? 'small' : 'paragraph',
      ...(side && side !== 'left' ? { align: side } : {}),
      content,
    }
  }

  /** «TableStart:X» … «TableEnd:X» around a row of fields is a table of data; any other stands for a layout. */
  private table(word: WordTable): Block[] {
    const before = this.paragraph
    const data = this.dataTable(word)
    if (data) return [data]
    this.paragraph = before
    if (word.uneven)
      this.say(word, {
        en: 'cells that span columns or rows, and tables in cells, were taken apart',
        zh: '合并单元格和嵌套表格已拆开',
      })
    const widest = Math.max(0, ...word.rows.map(({ cells }) => cells.length))
    return word.rows.flatMap(({ cells }): Block[] => {
      if (cells.length === 0) return []
      if (cells.length === 1) return this.blocks(cells[0] ?? [])
      if (widest > MOST_COLUMNS) return this.line(word, cells)
      return [
        {
          ...this.named('columns'),
          type: 'columns',
          columns: cells.map(cell => ({ width: 12 / cells.length, blocks: this.blocks(cell) })),
        },
      ]
    })
  }

  private line(word: WordTable, cells: WordParagraph[][]): Block[] {
    if (word.rows[0]?.cells === cells)
      this.say(word, {
        en: `a table of ${cells.length} columns became lines; make a table of data of it`,
        zh: `${cells.length} 列的表格已转为文字行，请改用数据表`,
      })
    const content = cells.flatMap((cell, index): Inline[] => {
      const inside = cell
        .flatMap(paragraph => this.parts(paragraph))
        .flatMap(part => ('content' in part ? part.content : []))
      return index === 0 ? inside : [{ type: 'text', text: '  ·  ' }, ...inside]
    })
    return trimmed(content).length === 0
      ? []
      : [{ ...this.named('text'), type: 'text', text: this.spoken([{ type: 'paragraph', content }]) }]
  }

  private say(word: WordTable, what: Text): void {
    this.notTaken.push({ paragraph: this.paragraph + 1, words: wordsOf(word.rows[0]?.cells[0]?.[0]), what })
  }

  private dataTable(word: WordTable): Block | null {
    const [head, row] = word.rows.length === 2 ? [word.rows[0], word.rows[1]] : [undefined, word.rows[0]]
    const marks = row?.cells.flatMap(cell => cell.map(wordsOf)).join(' ') ?? ''
    const list = /«TableStart:([A-Za-z][\w.]*)»/.exec(marks)?.[1]
    if (word.rows.length > 2 || !row || list === undefined) return null
    const columns = row.cells.map((cell, index) => {
      const name = /«(?!Table(?:Start|End):)([^«»]+)»/.exec(cell.map(wordsOf).join(' '))?.[1] ?? `column${index + 1}`
      const title = head?.cells[index]?.map(wordsOf).join(' ') ?? name
      return {
        id: `c${index + 1}`,
        title: this.spoken([{ type: 'text' as const, text: title }]),
        path: name.replace(/[^A-Za-z0-9_.]/g, '') || `column${index + 1}`,
        align: 'left' as const,
        ...(index === 0 ? { wide: true } : {}),
      }
    })
    this.paragraph += word.rows.flatMap(({ cells }) => cells.flat()).length
    return { ...this.named('table'), type: 'table', rows: list, columns }
  }
}

/** Of running text, what a title can hold. */
function plain(inline: Inline): Phrase {
  if (inline.type === 'text') return [{ type: 'text', text: inline.text }]
  if (inline.type !== 'field') return []
  const { path, format } = inline
  return [{ type: 'field', path, ...(format ? { format } : {}) }]
}

function levelOf(style: string): 1 | 2 | 3 | null {
  if (/^(title|标题)$/.test(style)) return 1
  const number = Number(/^(?:heading|标题)\s*(\d)$/.exec(style)?.[1])
  if (!number) return null
  return number === 1 ? 1 : number === 2 ? 2 : 3
}

const alignOf = (align: string): 'left' | 'center' | 'right' | null =>
  align === 'center'
    ? 'center'
    : align === 'right' || align === 'end'
      ? 'right'
      : align === 'left' || align === 'start'
        ? 'left'
        : null

const wordsOf = (word: WordParagraph | undefined): string =>
  (word?.content ?? []).map(inline => (inline.type === 'text' ? inline.text : '')).join('')

/** Spaces and breaks at either end were only layout. */
function trimmed(content: Inline[]): Inline[] {
  const blank = (inline: Inline | undefined) =>
    inline !== undefined && (inline.type === 'break' || (inline.type === 'text' && inline.text.trim() === ''))
  let from = 0
  let to = content.length
  while (from < to && blank(content[from])) from++
  while (to > from && blank(content[to - 1])) to--
  return content.slice(from, to)
}
