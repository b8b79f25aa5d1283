import { type Editor, type Extensions, type JSONContent, useEditor } from '@tiptap/react'
import { useEffect, useRef } from 'react'
import type { Chip } from './model.ts'

export interface ChipEditorOptions {
  extensions: Extensions
  content: JSONContent
  /** As JSON text, to see what came from outside. */
  onChange(content: JSONContent): void
  label: string
  id?: string
  locked: boolean
  /** One line: Enter and pasted breaks make no second. */
  single: boolean
  /** Somebody typed `{` or `/`, or asked by the button: a field or condition is to be put here. */
  onInsert(at: { left: number; top: number }): void
  onOpen(chip: Chip, replace: (chip: Chip | null) => void): void
}

/** An editor that follows its value: what it said itself it is not told again, what came from elsewhere (a step back) it takes. */
export function useChipEditor(options: ChipEditorOptions): Editor {
  const latest = useRef(options)
  latest.current = options
  const said = useRef(JSON.stringify(options.content))
  const editor = useEditor({
    extensions: options.extensions,
    content: options.content,
    editable: !options.locked,
    // Chips draw themselves; the page draws the rest.
    shouldRerenderOnTransaction: false,
    onUpdate: ({ editor: changed }) => {
      const json = changed.getJSON()
      said.current = JSON.stringify(json)
      latest.current.onChange(json)
    },
    editorProps: {
      attributes: {
        class: options.single ? 'rt rt-line' : 'rt',
        role: 'textbox',
        'aria-multiline': String(!options.single),
        'aria-label': options.label,
        ...(options.id ? { id: options.id } : {}),
      },
      handleTextInput: (view, from, _to, text) => {
        if (view.composing || !/^[{｛/]$/.test(text)) return false
        const before = view.state.doc.textBetween(Math.max(0, from - 1), from, ' ', ' ')
        // A date or an address holds slashes; only at the start of a word is one a question.
        if (text === '/' && before !== '' && before !== ' ') return false
        const { left, bottom } = view.coordsAtPos(from)
        latest.current.onInsert({ left, top: bottom })
        return true
      },
      handleKeyDown: (view, event) => {
        if (event.isComposing || view.composing) return false
        const chosen = chipAt(view.state.selection)
        if (event.key === 'Enter' && chosen) {
          open(chosen.chip, chosen.from)
          return true
        }
        return event.key === 'Enter' && latest.current.single
      },
      handleClickOn: (_view, _pos, node, nodePos) => {
        const chip = node.attrs['chip'] as Chip | undefined
        if (!chip || latest.current.locked) return false
        open(chip, nodePos)
        return true
      },
      ...(options.single
        ? {
            transformPastedText: (text: string) => text.replace(/\s+/g, ' '),
            transformPastedHTML: (html: string) => html.replace(/<(br|\/p|\/div)[^>]*>/gi, ' '),
          }
        : {}),
    },
  })

  function open(chip: Chip, at: number): void {
    latest.current.onOpen(chip, next => {
      const range = { from: at, to: at + 1 }
      if (next === null) editor.chain().focus().deleteRange(range).run()
      else
        editor
          .chain()
          .focus()
          .command(({ tr }) => {
            const marks = tr.doc.nodeAt(at)?.marks ?? []
            const type = editor.schema.nodes[next.type]
            if (type) tr.replaceWith(range.from, range.to, type.create({ chip: next }, null, marks))
            return type !== undefined
          })
          .run()
    })
  }

  const wanted = JSON.stringify(options.content)
  useEffect(() => {
    if (wanted === said.current) return
    said.current = wanted
    editor.commands.setContent(JSON.parse(wanted) as JSONContent, { emitUpdate: false })
  }, [wanted, editor])
  useEffect(() => {
    editor.setEditable(!options.locked, false)
  }, [options.locked, editor])
  return editor
}

function chipAt(selection: { from: number }): { chip: Chip; from: number } | null {
  const node = (selection as { node?: { attrs: Record<string, unknown> } }).node
  const chip = node?.attrs['chip'] as Chip | undefined
  return chip ? { chip, from: selection.from } : null
}

/** Puts a chip where the caret is, with a look like the words around it. */
export const insertChip = (editor: Editor, chip: Chip): void => {
  editor.chain().focus().insertContent({ type: chip.type, attrs: { chip } }).run()
}
