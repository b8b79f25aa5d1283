import { listsIn } from './block-tree.ts'
import type { Block, Design, Language } from './model.ts'

/** A text in languages; `where` is the block it belongs to, '' the design itself. */
interface Spoken {
  where: string
  texts: Partial<Record<Language, readonly unknown[]>>
}

function spokenIn(blocks: readonly Block[]): Spoken[] {
  return blocks.flatMap(block => {
    const here = textsOf(block).flatMap(texts => (texts ? [{ where: block.id, texts }] : []))
    return [...here, ...listsIn(block).flatMap(([, own]) => spokenIn(own))]
  })
}

type Texts = Spoken['texts'] | undefined

function textsOf(block: Block): Texts[] {
  switch (block.type) {
    case 'text':
      return [block.text]
    case 'table':
      return [...block.columns.map(({ title }) => title), block.totalLabel, block.empty]
    case 'chart':
      return [block.title, block.alt]
    case 'picture':
    case 'barcode':
      return [block.alt]
    case 'offer':
      return [block.label, block.note, block.codeLabel]
    case 'optional':
    case 'region':
      return [block.title]
    case 'button':
      return [block.label]
    case 'address':
      return block.facts.map(({ label }) => label)
    case 'step':
      return [
        block.title,
        block.say,
        ...block.fields.flatMap(({ label, options }) => [label, ...options.map(option => option.label)]),
        ...block.next.map(({ answer }) => answer),
      ]
    default:
      return []
  }
}

/** Texts that another language has and this one lacks, by the block they belong to. */
export function missingIn(design: Design, language: Language): string[] {
  const { mail, call, page } = design
  const own: Texts[] = [design.title, page.subject, mail?.preheader, mail?.why, mail?.unsubscribe]
  const all: Spoken[] = [
    ...[...own, ...(call?.outcomes.map(({ label }) => label) ?? [])].flatMap(texts =>
      texts ? [{ where: '', texts }] : [],
    ),
    ...spokenIn(design.blocks),
  ]
  const said = (texts: Spoken['texts'], each: Language) => (texts[each]?.length ?? 0) > 0
  return all
    .filter(({ texts }) => !said(texts, language) && design.languages.some(other => said(texts, other)))
    .map(({ where }) => where)
}
