import { Mark, mergeAttributes, Node } from '@tiptap/react'
import { useEffect, useRef } from 'react'
import type { Chip, ChipLook, FieldChip, Phrase, WhenChip } from './model.ts'

export interface ChipOptions {
  look(chip: Chip): ChipLook
  /** Chips that are on the page: called when what they say changes (another language, fields that arrived). */
  drawn: Set<() => void>
}

const chipNode = (name: 'field' | 'when') =>
  Node.create<ChipOptions>({
    name,
    group: 'inline',
    inline: true,
    atom: true,
    selectable: true,
    addOptions: () => ({ look: chip => ({ label: chip.type, title: '' }), drawn: new Set() }),
    addAttributes: () => ({ chip: { default: null, rendered: false } }),
    parseHTML: () => [
      {
        tag: `span[data-chip="${name}"]`,
        getAttrs: element => ({ chip: JSON.parse(element.getAttribute('data-value') ?? 'null') as Chip }),
      },
    ],
    // What is copied and pasted is the chip itself, between blocks and between templates.
    renderHTML({ node, HTMLAttributes }) {
      const chip = node.attrs['chip'] as Chip
      const { label } = this.options.look(chip)
      return ['span', mergeAttributes(HTMLAttributes, { 'data-chip': name, 'data-value': JSON.stringify(chip) }), label]
    },
    renderText: ({ node }) => textOf(node.attrs['chip'] as Chip),
    addNodeView() {
      return ({ node }) => {
        const dom = document.createElement('span')
        let chip = node.attrs['chip'] as Chip
        const draw = () => {
          const { label, title, bad } = this.options.look(chip)
          dom.className = `rt-chip ${name}${bad ? ' bad' : ''}`
          dom.textContent = label
          dom.title = title
          dom.dataset['chip'] = name
        }
        draw()
        this.options.drawn.add(draw)
        dom.contentEditable = 'false'
        return {
          dom,
          update(next) {
            if (next.type.name !== name) return false
            chip = next.attrs['chip'] as Chip
            draw()
            return true
          },
          destroy: () => void this.options.drawn.delete(draw),
        }
      }
    },
  })

/** As it would be written by hand, for whoever pastes it elsewhere. */
export const textOf = (chip: FieldChip | WhenChip): string =>
  chip.type === 'when' ? '{% if %}' : `{{ ${chip.path}${chip.format ? ` | ${chip.format}` : ''} }}`

export const FieldNode = chipNode('field')
export const WhenNode = chipNode('when')

/** A link's address may hold fields, so it is a phrase and no string. */
export const LinkMark = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes: () => ({ phrase: { default: [] as Phrase, rendered: false } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: element => {
        const href = element.getAttribute('href') ?? ''
        return /^(https?:|mailto:|tel:)/.test(href) ? { phrase: [{ type: 'text', text: href }] } : false
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { class: 'rt-link' }), 0],
})

/** Options that stay the same object while what chips say may change. */
export function useChips(look: ChipOptions['look']): ChipOptions {
  const latest = useRef(look)
  latest.current = look
  const chips = useRef<ChipOptions>({ look: chip => latest.current(chip), drawn: new Set() }).current
  useEffect(() => {
    latest.current = look
    for (const draw of chips.drawn) draw()
  }, [look, chips])
  return chips
}
