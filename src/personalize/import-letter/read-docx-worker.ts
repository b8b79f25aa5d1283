import { parentPort, workerData } from 'node:worker_threads'
import mammoth from 'mammoth'
import type { WordBlock, WordDocument, WordInline, WordParagraph, WordTable } from './word-tree.ts'

/** Mammoth's document, as its `transformDocument` hands it over (mammoth 1.13, lib/documents.js). */
interface Node {
  type: string
  children?: Node[]
  value?: string
  styleId?: string | null
  styleName?: string | null
  numbering?: { isOrdered: boolean; level: string } | null
  alignment?: string | null
  isBold?: boolean
  isItalic?: boolean
  isUnderline?: boolean
  href?: string
  checked?: boolean
  isHeader?: boolean
  colSpan?: number
  rowSpan?: number
  altText?: string
  contentType?: string
  readAsBuffer?: () => Promise<Buffer>
}

type Look = { bold: boolean; italic: boolean; underline: boolean; link: string }
const PLAIN: Look = { bold: false, italic: false, underline: false, link: '' }

class Reader {
  readonly pictures: Node[] = []

  blocks(nodes: readonly Node[]): WordBlock[] {
    return nodes.flatMap((node): WordBlock[] => {
      if (node.type === 'paragraph') return [this.paragraph(node)]
      if (node.type === 'table') return [this.table(node)]
      return this.blocks(node.children ?? [])
    })
  }

  private paragraph(node: Node): WordParagraph {
    const { numbering } = node
    return {
      type: 'paragraph',
      style: (node.styleName ?? node.styleId ?? '').toLowerCase(),
      align: node.alignment ?? '',
      list: numbering ? { ordered: numbering.isOrdered, level: Number(numbering.level) } : null,
      content: this.inlines(node.children ?? [], PLAIN),
    }
  }

  private inlines(nodes: readonly Node[], look: Look): WordInline[] {
    return nodes.flatMap((node): WordInline[] => {
      switch (node.type) {
        case 'text':
          return [{ type: 'text', text: node.value ?? '', ...look }]
        case 'tab':
          return [{ type: 'text', text: '\t', ...look }]
        case 'checkbox':
          return [{ type: 'text', text: node.checked ? '☑' : '☐', ...look }]
        case 'break':
          return [{ type: 'break' }]
        case 'image':
          this.pictures.push(node)
          return [{ type: 'picture', picture: this.pictures.length - 1, alt: node.altText ?? '' }]
        case 'hyperlink':
          return this.inlines(node.children ?? [], { ...look, link: node.href ?? '' })
        case 'run':
          return this.inlines(node.children ?? [], {
            ...look,
            bold: look.bold || node.isBold === true,
            italic: look.italic || node.isItalic === true,
            underline: look.underline || node.isUnderline === true,
          })
        default:
          return this.inlines(node.children ?? [], look)
      }
    })
  }

  private table(node: Node): WordTable {
    let uneven = false
    const rows = (node.children ?? []).map(row => ({
      head: row.isHeader === true,
      cells: (row.children ?? []).map(cell => {
        const inside = this.blocks(cell.children ?? [])
        const flat = inside.flatMap(block =>
          block.type === 'table' ? block.rows.flatMap(({ cells }) => cells.flat()) : [block],
        )
        if ((cell.colSpan ?? 1) > 1 || (cell.rowSpan ?? 1) > 1 || flat.length > inside.length) uneven = true
        return flat
      }),
    }))
    return { type: 'table', rows, uneven }
  }
}

const { bytes } = workerData as { bytes: Uint8Array }
const reader = new Reader()
let blocks: WordBlock[] = []
await mammoth.convertToHtml(
  { buffer: Buffer.from(bytes) },
  {
    transformDocument: (document: Node) => {
      blocks = reader.blocks(document.children ?? [])
      // Nothing is left to be made HTML of.
      return { ...document, children: [] }
    },
  },
)
const pictures: WordDocument['pictures'] = []
for (const node of reader.pictures) {
  const read = await node.readAsBuffer?.().catch(() => undefined)
  pictures.push({ bytes: new Uint8Array(read ?? []), mediaType: node.contentType ?? '' })
}
parentPort?.postMessage({ blocks, pictures } satisfies WordDocument)
