import type { Design } from '../design.ts'
import type { Language } from '../languages.ts'
import type { Compilation } from './compilation.ts'
import type { Laid, LaidContent, LaidOf } from './laid.ts'
import type { LaidParagraph, Run } from './runs.ts'

/**
 * Blocks as Typst. Every word of an author or of the data stands in `t` or `data` and is set as a string, so that nothing anybody
 * typed is ever read as markup; what is written here are names, numbers and our own functions (blocks.typ).
 */
export function typstOf(blocks: readonly Laid[], { page }: Design, to: Compilation, subject: string): string {
  const size = `${page.size}pt`
  const head = page.head
    ? `#show: sheet.with(title: ${words('title')}, subject: ${words(subject)})`
    : `#show: bare-sheet.with(title: ${words('title')}, author: brand.name, lang: data.lang, issued: if "ends" in data { none } else { date-of(data.issued) })`
  return [
    '#import "/huiyin.typ": *',
    '#import "/blocks.typ": *',
    '',
    head,
    `#set text(size: ${size}${page.font ? `, font: "/assets/${page.font}"` : ''})`,
    `#set par(leading: 0.85em, spacing: 1.35em, justify: ${page.justify})`,
    '',
    `#{\n${body(blocks, to, 1)}\n}`,
    '',
  ].join('\n')
}

const words = (name: string): string => `t.at(${text(name)})`
const text = (value: string): string => JSON.stringify(value)
const shown = (key: string): string => `data.when.at(${text(key)})`

function body(blocks: readonly Laid[], to: Compilation, depth: number): string {
  const pad = '  '.repeat(depth)
  const parts = blocks.filter(block => block.type === 'part')
  // Optional paragraphs may be set in another order: each is a function, called where the letter wants it.
  const functions = parts.map(
    part => `${pad}let ${functionOf(part)} = () => {\n${body(part.blocks, to, depth + 1)}\n${pad}}`,
  )
  const set = parts.map(part => `(${text(part.id)}: ${functionOf(part)})`).join(' + ')
  return [
    ...functions,
    ...(parts.length > 0 ? [`${pad}let parts = ${set}`] : []),
    // The comment leads from a line of the print engine's errors to the author's block.
    ...blocks.map(block => `${pad}// block ${block.id}\n${pad}${blockOf(block, to, depth)}`),
  ].join('\n')
}

const functionOf = (part: LaidOf<'part'>): string => `part-${part.id}`

function blockOf(block: Laid, to: Compilation, depth: number): string {
  const pad = '  '.repeat(depth)
  const inside = (blocks: readonly Laid[]) => `{\n${body(blocks, to, depth + 1)}\n${pad}}`
  switch (block.type) {
    case 'text':
      return byLanguage(to, language => (block.text[language] ?? []).map(each => `${paragraphOf(each)};`).join(' '))
    case 'table': {
      const { columns, totals, totalLabel, empty } = block
      const total = totals ? `, total: ${totalLabel ? words(totalLabel) : '""'}` : ''
      return `rows-table(data.tables.at(${text(block.id)}), ${tuple(columns.map(({ wide }) => (wide ? '1fr' : 'auto')))}, ${tuple(columns.map(({ align }) => align))}, ${tuple(columns.map(({ title }) => words(title)))}${total}${empty ? `, empty: ${words(empty)}` : ''})`
    }
    case 'chart':
      return `if ${text(block.id)} in data.charts { figure-block(${block.title ? words(block.title) : 'none'}, image("/charts/${block.id}.svg", width: 100%, alt: ${words(block.alt)})) }`
    case 'picture': {
      const image = `image("/assets/${block.asset}", width: ${block.width}mm, alt: ${words(block.alt)})`
      return `placed(${block.align}, ${block.link ? `leads(${words(block.link)}, ${image})` : image})`
    }
    case 'barcode':
      return `placed(${block.align}, barcode(data.barcodes.at(${text(block.id)}), ${block.width}mm, ${words(block.alt)}))`
    case 'slot':
      return slotOf(block, inside)
    case 'choice':
      return `if ${shown(block.key)} ${inside(block.blocks)}${block.otherwise.length > 0 ? ` else ${inside(block.otherwise)}` : ''}`
    case 'part':
      return `for id in data.letter.places.at(${text(block.id)}) { if data.letter.parts.at(id) { (parts.at(id))() } }`
    case 'region':
      return `if ${text(block.id)} in data.letter.texts { written(data.letter.texts.at(${text(block.id)})) } else ${inside(block.blocks)}`
    case 'columns':
      return `grid(columns: ${tuple(block.columns.map(({ width }) => `${width}fr`))}, column-gutter: 8mm, ${block.columns.map(({ blocks }) => inside(blocks)).join(', ')})`
    case 'button':
      return `button(${words(block.label)}, ${words(block.link)})`
    case 'divider':
      return 'rule-block'
    case 'space':
      return `v(${block.height}mm)`
    case 'address':
      return `address-block(data.to, ${tuple(block.facts.map(({ label, value }) => `(${words(label)}, ${words(value)})`))})`
    case 'step':
      return `{ heading(level: 2, ${words(block.title)}); paragraph(left, ${words(block.say)}) }`
  }
}

function slotOf(
  { id, space, contents, fallback }: LaidOf<'slot'>,
  inside: (blocks: readonly Laid[]) => string,
): string {
  const otherwise = inside(fallback)
  if (space === 'always')
    return [...contents.map(content => `if ${shown(content.key)} { ${large(content)} }`), otherwise].join(' else ')
  const kinds = contents.map(
    content =>
      `(${text(content.field)}: if ${shown(content.key)} { (large: ${large(content)}, line: ${small(content)}) } else { (:) })`,
  )
  return `slot(${text(id)}, ${[...kinds, `(tip: (large: ${otherwise}))`].join(' + ')})`
}

const codeOf = ({ codeLabel, code }: LaidContent): string =>
  codeLabel === undefined ? '' : `, code: (label: ${words(codeLabel)}, value: ${words(code)})`
const large = (content: LaidContent): string =>
  `offer-slot(${words(content.label)}, ${words(content.headline)}, ${words(content.body)}, ${words(content.note)}${codeOf(content)})`
const small = (content: LaidContent): string => `offer-line(${words(content.headline)}${codeOf(content)})`

const tuple = (parts: readonly string[]): string => `(${parts.map(part => `${part},`).join(' ')})`

/** Written once where all languages say it with the same code; their words differ by name's content only. */
function byLanguage(to: Compilation, write: (language: Language) => string): string {
  const [first, ...others] = to.languages.map(language => [language, write(language)] as const)
  if (!first) return ''
  if (others.every(([, code]) => code === first[1])) return `{ ${first[1]} }`
  return [...others.map(([language, code]) => `if data.lang == ${text(language)} { ${code} }`), `{ ${first[1]} }`].join(
    ' else ',
  )
}

function paragraphOf(paragraph: LaidParagraph): string {
  switch (paragraph.type) {
    case 'heading':
      return `heading(level: ${paragraph.level}, ${line(paragraph.runs)})`
    case 'bullets':
    case 'numbers':
      return `${paragraph.type}(${paragraph.items.map(line).join(', ')})`
    default:
      return `${paragraph.type}(${paragraph.align}, ${line(paragraph.runs)})`
  }
}

const line = (runs: readonly Run[]): string =>
  runs.length === 1 ? run(runs[0]!) : `{ ${runs.map(each => `${run(each)};`).join(' ')} }`

function run(each: Run): string {
  if (each.type === 'break') return 'linebreak()'
  if (each.type === 'choice') return `if ${shown(each.key)} { ${line(each.runs)} } else { ${line(each.otherwise)} }`
  const plain = words(each.text)
  const look = each.marks.length > 0 ? `marked(${tuple(each.marks.map(text))}, ${plain})` : plain
  return each.link === undefined ? look : `leads(${words(each.link)}, ${look})`
}
