import {
  AlignCenterOutlined,
  AlignLeftOutlined,
  AlignRightOutlined,
  BoldOutlined,
  FontSizeOutlined,
  ItalicOutlined,
  LinkOutlined,
  OrderedListOutlined,
  PlusCircleOutlined,
  UnderlineOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import { type Editor, EditorContent, useEditorState } from '@tiptap/react'
import { type ReactNode, useMemo } from 'react'
import { useText } from '../../i18n/use-text.ts'
import { Button, Select, Tooltip } from '../controls.ts'
import { type ChipOptions, useChips } from './chips.ts'
import { textExtensions } from './extensions.ts'
import { fromEditor } from './from-editor.ts'
import type { Chip, Paragraph, Phrase } from './model.ts'
import { toEditor } from './to-editor.ts'
import { insertChip, useChipEditor } from './use-chip-editor.ts'

export interface ChipAsk {
  /** Asks the reader for a field or a condition; answers null when they think better of it. */
  insert(at: { left: number; top: number }): Promise<Chip | null>
  edit(chip: Chip): Promise<Chip | null | 'remove'>
  link(phrase: Phrase): Promise<Phrase | null | 'remove'>
}

interface RichTextProps {
  value: readonly Paragraph[]
  onChange: (value: Paragraph[]) => void
  label: string
  locked: boolean
  look: ChipOptions['look']
  ask: ChipAsk
}

/** Running text with chips for fields and conditions. */
export function RichText({ value, onChange, label, locked, look, ask }: RichTextProps) {
  const chips = useChips(look)
  const extensions = useMemo(() => textExtensions(chips), [chips])
  const content = useMemo(() => toEditor(value), [value])
  const editor = useChipEditor({
    extensions,
    content,
    label,
    locked,
    single: false,
    onChange: json => onChange(fromEditor(json)),
    onInsert: at => void ask.insert(at).then(chip => (chip ? insertChip(editor, chip) : editor.commands.focus())),
    onOpen: (chip, replace) =>
      void ask
        .edit(chip)
        .then(next => (next === null ? editor.commands.focus() : replace(next === 'remove' ? null : next))),
  })
  return (
    <div className={locked ? 'rt-box locked' : 'rt-box'}>
      {locked ? null : <Bar editor={editor} ask={ask} />}
      <EditorContent editor={editor} />
    </div>
  )
}

function Bar({ editor, ask }: { editor: Editor; ask: ChipAsk }) {
  const { t } = useText()
  const on = useEditorState({
    editor,
    selector: ({ editor: at }) => ({
      bold: at.isActive('bold'),
      italic: at.isActive('italic'),
      underline: at.isActive('underline'),
      bullets: at.isActive('bulletList'),
      numbers: at.isActive('orderedList'),
      link: at.isActive('link'),
      align: String(at.getAttributes('paragraph')['align'] ?? 'left'),
      small: at.getAttributes('paragraph')['small'] === true,
      level: [1, 2, 3].find(level => at.isActive('heading', { level })) ?? 0,
    }),
  })
  const chain = () => editor.chain().focus()
  const button = (label: string, icon: ReactNode, active: boolean, run: () => void) => (
    <Tooltip title={label}>
      <Button
        size="small"
        type={active ? 'primary' : 'text'}
        icon={icon}
        aria-label={label}
        aria-pressed={active}
        // The caret stays where it is.
        onMouseDown={event => event.preventDefault()}
        onClick={run}
      />
    </Tooltip>
  )
  const link = async () => {
    const now = (editor.getAttributes('link')['phrase'] ?? []) as Phrase
    const next = await ask.link(now)
    if (next === null) return void editor.commands.focus()
    const marked = chain().extendMarkRange('link')
    if (next === 'remove') marked.unsetMark('link').run()
    else marked.setMark('link', { phrase: next }).run()
  }
  const insert = async () => {
    const { left, bottom } = editor.view.coordsAtPos(editor.state.selection.from)
    const chip = await ask.insert({ left, top: bottom })
    if (chip) insertChip(editor, chip)
    else editor.commands.focus()
  }
  const alignIcons = { left: <AlignLeftOutlined />, center: <AlignCenterOutlined />, right: <AlignRightOutlined /> }
  const nextAlign = { left: 'center', center: 'right', right: 'left' } as const
  const align = on.align === 'center' || on.align === 'right' ? on.align : 'left'
  return (
    <div className="rt-bar" role="toolbar" aria-label={t('rt.toolbar')}>
      {button(t('rt.insert', { open: '{' }), <PlusCircleOutlined />, false, () => void insert())}
      <Select
        size="small"
        variant="borderless"
        aria-label={t('rt.style')}
        value={on.small ? 'small' : on.level}
        popupMatchSelectWidth={150}
        options={[
          { value: 0, label: t('rt.paragraph') },
          { value: 1, label: t('rt.heading', { level: 1 }) },
          { value: 2, label: t('rt.heading', { level: 2 }) },
          { value: 3, label: t('rt.heading', { level: 3 }) },
          { value: 'small', label: t('rt.small') },
        ]}
        onChange={(style: number | string) => {
          if (style === 'small') chain().setParagraph().updateAttributes('paragraph', { small: true }).run()
          else if (style === 0) chain().setParagraph().updateAttributes('paragraph', { small: false }).run()
          else
            chain()
              .setHeading({ level: style as 1 | 2 | 3 })
              .run()
        }}
      />
      {button(t('rt.bold'), <BoldOutlined />, on.bold, () => chain().toggleBold().run())}
      {button(t('rt.italic'), <ItalicOutlined />, on.italic, () => chain().toggleItalic().run())}
      {button(t('rt.underline'), <UnderlineOutlined />, on.underline, () => chain().toggleUnderline().run())}
      {button(t('rt.bullets'), <UnorderedListOutlined />, on.bullets, () => chain().toggleBulletList().run())}
      {button(t('rt.numbers'), <OrderedListOutlined />, on.numbers, () => chain().toggleOrderedList().run())}
      {button(t('rt.align'), alignIcons[align], false, () =>
        chain().updateAttributes('paragraph', { align: nextAlign[align] }).run(),
      )}
      {button(t('rt.link'), <LinkOutlined />, on.link, () => void link())}
      {button(t('rt.plain'), <FontSizeOutlined />, false, () => chain().unsetAllMarks().run())}
    </div>
  )
}
