import type { JSONContent } from '@tiptap/react'
import type { Inline, Mark, Paragraph, Phrase } from './model.ts'

/** The server's text as the editor's document: lists of one level, chips as atoms with what they are in their attributes. */
export function toEditor(paragraphs: readonly Paragraph[]): JSONContent {
  const content = paragraphs.map(paragraphNode)
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] }
}

export const phraseToEditor = (phrase: Phrase | readonly Inline[]): JSONContent => ({
  type: 'doc',
  content: [{ type: 'paragraph', ...inside(phrase.flatMap(piece => inlineNode(piece as Inline))) }],
})

function paragraphNode(paragraph: Paragraph): JSONContent {
  switch (paragraph.type) {
    case 'heading':
      return { type: 'heading', attrs: { level: paragraph.level }, ...inside(paragraph.content.flatMap(inlineNode)) }
    case 'bullets':
    case 'numbers':
      return {
        type: paragraph.type === 'bullets' ? 'bulletList' : 'orderedList',
        content: (paragraph.items.length > 0 ? paragraph.items : [[]]).map(item => ({
          type: 'listItem',
          content: [{ type: 'paragraph', ...inside(item.flatMap(inlineNode)) }],
        })),
      }
    default:
      return {
        type: 'paragraph',
        attrs: { small: paragraph.type === 'small', align: paragraph.align ?? 'left' },
        ...inside(paragraph.content.flatMap(inlineNode)),
      }
  }
}

const inside = (content: JSONContent[]): { content?: JSONContent[] } => (content.length > 0 ? { content } : {})

function inlineNode(inline: Inline): JSONContent[] {
  switch (inline.type) {
    case 'text':
      return inline.text === '' ? [] : [{ type: 'text', text: inline.text, ...looks(inline.marks, inline.link) }]
    case 'field': {
      const { path, format, fallback } = inline
      return [
        {
          type: 'field',
          attrs: { chip: { type: 'field', path, ...given({ format, fallback }) } },
          ...looks(inline.marks, inline.link),
        },
      ]
    }
    case 'when':
      return [{ type: 'when', attrs: { chip: inline } }]
    case 'break':
      return [{ type: 'hardBreak' }]
  }
}

function given(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function looks(marks: Mark[] = [], link?: Phrase): { marks?: { type: string; attrs?: Record<string, unknown> }[] } {
  const all = [...marks.map(type => ({ type })), ...(link ? [{ type: 'link', attrs: { phrase: link } }] : [])]
  return all.length > 0 ? { marks: all } : {}
}
