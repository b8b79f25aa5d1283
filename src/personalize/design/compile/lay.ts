import type { Block, BlockOf } from '../blocks.ts'
import { inLanguage } from '../languages.ts'
import type { Line, Paragraph, Phrase } from '../rich-text.ts'
import type { Compilation } from './compilation.ts'
import type { Laid, LaidContent, LaidOf } from './laid.ts'
import { isAddress, phraseLiquid, plainLiquid } from './liquid-of.ts'
import { layParagraph, Namer } from './runs.ts'

/** Blocks with every text put under its name and every condition under its key. */
export function layAll(blocks: readonly Block[], to: Compilation): Laid[] {
  const parts = blocks.flatMap(block => (block.type === 'optional' ? [block.id] : []))
  if (parts.length > 0) to.logic.groups.push(parts)
  return blocks.map(block => {
    const laid = lay(block, to)
    return block.when
      ? { id: block.id, type: 'choice', key: to.condition(block.when), blocks: [laid], otherwise: [] }
      : laid
  })
}

function lay(block: Block, to: Compilation): Laid {
  const { id } = block
  const line = (name: string, text: Line | undefined) => lineOf(to, `${id}.${name}`, text)
  const given = (name: string, text: Line | undefined) => (text === undefined ? undefined : line(name, text))
  switch (block.type) {
    case 'text':
      return layText(block, to)
    case 'table':
      to.logic.tables[id] = {
        rows: block.rows,
        columns: block.columns.map(({ path, format, total }) => ({
          path,
          ...(format ? { format } : {}),
          total: total === true,
        })),
      }
      return {
        id,
        type: 'table',
        columns: block.columns.map(({ id: column, title, align, wide }) => ({
          title: line(column, title),
          align,
          wide: wide === true,
        })),
        totals: block.columns.some(({ total }) => total),
        totalLabel: given('total', block.totalLabel),
        empty: given('empty', block.empty),
      }
    case 'chart':
      to.charts[id] = { type: block.chart, from: block.from }
      return {
        id,
        type: 'chart',
        chart: block.chart,
        from: block.from,
        title: given('title', block.title),
        alt: line('alt', block.alt),
      }
    case 'picture': {
      const { asset, width, align, link } = block
      return {
        id,
        type: 'picture',
        asset,
        width,
        align,
        alt: line('alt', block.alt),
        link: link && address(to, `${id}.link`, link),
      }
    }
    case 'barcode': {
      const text = everywhere(to, `${id}.value`, block.value)
      to.logic.barcodes[id] = { symbology: block.symbology, text }
      return { id, type: 'barcode', text, alt: line('alt', block.alt), width: block.width, align: block.align }
    }
    case 'offer':
      return laySlot(block, to)
    case 'condition':
      return {
        id,
        type: 'choice',
        key: to.condition(block.test),
        blocks: layAll(block.blocks, to),
        otherwise: layAll(block.otherwise, to),
      }
    case 'optional':
      to.logic.parts[id] = block.on
      return { id, type: 'part', blocks: layAll(block.blocks, to) }
    case 'region':
      // A locked region is its blocks: that nobody may change them is the desk's concern, not the paper's.
      if (block.mode === 'open') to.logic.regions.push(id)
      return { id, type: 'region', blocks: layAll(block.blocks, to) }
    case 'columns':
      return {
        id,
        type: 'columns',
        columns: block.columns.map(({ width, blocks }) => ({ width, blocks: layAll(blocks, to) })),
      }
    case 'button':
      return { id, type: 'button', label: line('label', block.label), link: address(to, `${id}.link`, block.link) }
    case 'space':
      return { id, type: 'space', height: block.height }
    case 'divider':
      return { id, type: 'divider' }
    case 'address':
      return {
        id,
        type: 'address',
        facts: block.facts.map(fact => ({
          label: line(`${fact.id}-label`, fact.label),
          value: everywhere(to, `${id}.${fact.id}`, fact.value),
        })),
      }
    case 'step':
      return layStep(block, to)
    case 'fragment':
      throw new Error(`fragment ${block.fragment} was not put in`)
  }
}

/** One line in each language, under one name. */
export function lineOf(to: Compilation, name: string, text: Line | undefined): string {
  for (const language of to.languages)
    to.say(language, name, phraseLiquid(inLanguage(text, language, to.languages) ?? [], to).replaceAll('\n', ' '))
  return name
}

/** The same in every language: what a barcode holds, a field beside the address. */
function everywhere(to: Compilation, name: string, phrase: Phrase): string {
  for (const language of to.languages) to.say(language, name, phraseLiquid(phrase, to))
  return name
}

/** What leads nowhere safe, leads nowhere: see `isAddress`. */
function address(to: Compilation, name: string, phrase: Phrase): string {
  const liquid = isAddress(phrase) ? phraseLiquid(phrase, to, 'address') : ''
  for (const language of to.languages) to.say(language, name, liquid)
  return name
}

function layText({ id, text }: BlockOf<'text'>, to: Compilation): LaidOf<'text'> {
  const plain = `${id}.plain`
  const laid: LaidOf<'text'> = { id, type: 'text', text: {}, plain }
  for (const language of to.languages) {
    const paragraphs = inLanguage(text, language, to.languages) ?? []
    const name = new Namer(to, id, language)
    laid.text[language] = paragraphs.map(paragraph => layParagraph(paragraph, name))
    to.say(language, plain, paragraphs.map(paragraph => plainParagraph(paragraph, to)).join('\n\n'))
  }
  return laid
}

function plainParagraph(paragraph: Paragraph, to: Compilation): string {
  if (paragraph.type === 'bullets') return paragraph.items.map(item => `- ${plainLiquid(item, to)}`).join('\n')
  if (paragraph.type === 'numbers')
    return paragraph.items.map((item, at) => `${at + 1}. ${plainLiquid(item, to)}`).join('\n')
  return 'content' in paragraph ? plainLiquid(paragraph.content, to) : ''
}

function laySlot(block: BlockOf<'offer'>, to: Compilation): LaidOf<'slot'> {
  const { id, space, contents } = block
  const line = (name: string, text: Line | undefined) => lineOf(to, `${id}.${name}`, text)
  const [label, note] = [line('label', block.label), line('note', block.note)]
  const codeLabel = block.codeLabel === undefined ? undefined : line('code', block.codeLabel)
  if (space === 'left') to.slots[id] = { contents: [...contents, 'tip'].map(content => ({ content, without: [] })) }
  const laid = contents.map((field, at): LaidContent => {
    const both = (name: string, liquid: string) => {
      for (const language of to.languages) to.say(language, `${id}.${at}-${name}`, liquid)
      return `${id}.${at}-${name}`
    }
    return {
      field,
      key: to.condition({ by: 'data', all: [{ path: field, op: 'known' }] }),
      label,
      note,
      codeLabel,
      headline: both(
        'headline',
        `{% if ${field}.benefit %}{{ ${field}.benefit }}{% else %}{{ ${field}.name }}{% endif %}`,
      ),
      body: block.body ? line('body', block.body) : both('body', `{{ ${field}.text }}`),
      code: both('code', `{{ ${field}.code }}`),
    }
  })
  return { id, type: 'slot', space, contents: laid, fallback: layAll(block.fallback, to) }
}

function layStep(block: BlockOf<'step'>, to: Compilation): LaidOf<'step'> {
  const { id } = block
  const line = (name: string, text: Line) => lineOf(to, `${id}.${name}`, text)
  return {
    id,
    type: 'step',
    title: line('title', block.title),
    say: line('say', block.say),
    fields: block.fields.map(field => ({
      id: field.id,
      label: line(`field-${field.id}`, field.label),
      kind: field.kind,
      options: field.options.map(({ value, label }, at) => ({ value, label: line(`field-${field.id}-${at}`, label) })),
      golden: field.golden,
    })),
    next: block.next.map(({ answer, to: target }, at) => ({ answer: line(`next-${at}`, answer), to: target })),
  }
}
