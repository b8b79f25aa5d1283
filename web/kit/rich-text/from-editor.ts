import type { JSONContent } from '@tiptap/react'
import type { FieldChip, Inline, Mark, Paragraph, Phrase, WhenChip } from './model.ts'

/** The editor's document as the server keeps it. */
export function fromEditor(doc: JSONContent): Paragraph[] {
  const paragraphs = (doc.content ?? []).map(paragraphOf)
  // An editor is never without a paragraph; an empty text is none.
  const [only] = paragraphs
  return paragraphs.length === 1 && only && 'content' in only && only.content.length === 0 ? [] : paragraphs
}

/** Words of one line with their looks: what stands inside a condition. */
export const lineFromEditor = (doc: JSONContent): Inline[] => inlinesOf(doc.content?.[0]?.content)

export function phraseFromEditor(doc: JSONContent): Phrase {
  return lineFromEditor(doc).flatMap((inline): Phrase => {
    if (inline.type === 'break') return [{ type: 'text', text: ' ' }]
    if (inline.type === 'when') return [inline as Extract<Phrase[number], { type: 'when' }>]
    if (inline.type === 'text') return [{ type: 'text', text: inline.text }]
    const { marks: _marks, link: _link, ...chip } = inline
    return [chip]
  })
}

function paragraphOf(node: JSONContent): Paragraph {
  if (node.type === 'bulletList' || node.type === 'orderedList')
    return {
      type: node.type === 'bulletList' ? 'bullets' : 'numbers',
      items: (node.content ?? []).map(item => inlinesOf(item.content?.[0]?.content)),
    }
  if (node.type === 'heading') {
    const level = Number(node.attrs?.['level'])
    return { type: 'heading', level: level === 1 || level === 2 ? level : 3, content: inlinesOf(node.content) }
  }
  const align = node.attrs?.['align'] as 'left' | 'center' | 'right' | undefined
  return {
    type: node.attrs?.['small'] === true ? 'small' : 'paragraph',
    ...(align && align !== 'left' ? { align } : {}),
    content: inlinesOf(node.content),
  }
}

const inlinesOf = (nodes: JSONContent[] = []): Inline[] => joined(nodes.flatMap(inlineOf))

function inlineOf(node: JSONContent): Inline[] {
  switch (node.type) {
    case 'text':
      return [{ type: 'text', text: node.text ?? '', ...looks(node) }]
    case 'field':
      return [{ ...(node.attrs?.['chip'] as FieldChip), ...looks(node) }]
    case 'when':
      return [node.attrs?.['chip'] as WhenChip]
    case 'hardBreak':
      return [{ type: 'break' }]
    default:
      return []
  }
}

const ORDER: readonly Mark[] = ['bold', 'italic', 'underline']

function looks({ marks = [] }: JSONContent): { marks?: Mark[]; link?: Phrase } {
  const names = new Set(marks.map(({ type }) => type))
  const own = ORDER.filter(mark => names.has(mark))
  const link = marks.find(({ type }) => type === 'link')?.attrs?.['phrase'] as Phrase | undefined
  return { ...(own.length > 0 ? { marks: own } : {}), ...(link ? { link } : {}) }
}

/** Neighbouring words of one look are one piece, however they came to stand there. */
function joined(inlines: Inline[]): Inline[] {
  const all: Inline[] = []
  for (const inline of inlines) {
    const last = all.at(-1)
    if (inline.type === 'text' && last?.type === 'text' && sameLook(inline, last))
      all[all.length - 1] = { ...last, text: last.text + inline.text }
    else all.push(inline)
  }
  return all
}

const sameLook = (a: { marks?: unknown; link?: unknown }, b: { marks?: unknown; link?: unknown }): boolean =>
  JSON.stringify([a.marks, a.link]) === JSON.stringify([b.marks, b.link])
