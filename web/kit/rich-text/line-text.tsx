import { PlusCircleOutlined } from '@ant-design/icons'
import { EditorContent, type JSONContent } from '@tiptap/react'
import { useMemo } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { Button } from '../controls.ts'
import { type ChipOptions, useChips } from './chips.ts'
import { lineExtensions } from './extensions.ts'
import { lineFromEditor, phraseFromEditor } from './from-editor.ts'
import type { Inline, Phrase } from './model.ts'
import type { ChipAsk } from './rich-text.tsx'
import { phraseToEditor } from './to-editor.ts'
import { insertChip, useChipEditor } from './use-chip-editor.ts'

interface LineTextProps {
  label: string
  id?: string
  locked: boolean
  look: ChipOptions['look']
  ask: Pick<ChipAsk, 'insert' | 'edit'>
}

/** One line with chips: a title, a label, the address of a link. */
export function LineText({
  value,
  onChange,
  ...props
}: LineTextProps & { value: Phrase; onChange: (value: Phrase) => void }) {
  return <ChipLine {...props} looks={false} value={value} onChange={json => onChange(phraseFromEditor(json))} />
}

/** Words inside a condition, which have looks as those around them. */
export function LookedLine({
  value,
  onChange,
  ...props
}: LineTextProps & { value: readonly Inline[]; onChange: (value: Inline[]) => void }) {
  return <ChipLine {...props} looks value={value} onChange={json => onChange(lineFromEditor(json))} />
}

interface ChipLineProps extends LineTextProps {
  value: Phrase | readonly Inline[]
  looks: boolean
  onChange: (content: JSONContent) => void
}

function ChipLine({ value, onChange, label, id, locked, look, ask, looks }: ChipLineProps) {
  const { t } = useText()
  const chips = useChips(look)
  const extensions = useMemo(() => lineExtensions(chips, looks), [chips, looks])
  const content = useMemo(() => phraseToEditor(value), [value])
  const insert = (at: { left: number; top: number }) =>
    void ask.insert(at).then(chip => (chip ? insertChip(editor, chip) : editor.commands.focus()))
  const editor = useChipEditor({
    extensions,
    content,
    label,
    ...(id ? { id } : {}),
    locked,
    single: true,
    onChange,
    onInsert: insert,
    onOpen: (chip, replace) =>
      void ask
        .edit(chip)
        .then(next => (next === null ? editor.commands.focus() : replace(next === 'remove' ? null : next))),
  })
  return (
    <div className={locked ? 'rt-box single locked' : 'rt-box single'}>
      <EditorContent editor={editor} className="grow" />
      {locked ? null : (
        <Button
          size="small"
          type="text"
          icon={<PlusCircleOutlined />}
          aria-label={t('rt.insert', { open: '{' })}
          title={t('rt.insert', { open: '{' })}
          onMouseDown={event => event.preventDefault()}
          onClick={() => {
            const { left, bottom } = editor.view.coordsAtPos(editor.state.selection.from)
            insert({ left, top: bottom })
          }}
        />
      )}
    </div>
  )
}
