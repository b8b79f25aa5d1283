import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  BranchesOutlined,
  CopyOutlined,
  DeleteOutlined,
  HolderOutlined,
  MoreOutlined,
} from '@ant-design/icons'
import { type KeyboardEvent, useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Checkbox, Chip, Dropdown, Popover } from '../../../kit/index.ts'
import { BlockBody } from './block-body.tsx'
import { blockIcons } from './block-kinds.tsx'
import { DRAGGED } from './dragged.ts'
import { useEditorKnows } from './editor-context.ts'
import type { Block, DesignChannel } from './model.ts'
import { firstComparison, WhenEditor } from './when-editor.tsx'
import { whenInWords } from './when-words.ts'

/** One block: its handle, what it is, when and where it is shown, and what is in it. */
export function BlockCard({ block }: { block: Block }) {
  const { t, term, say } = useText()
  const speech = useText()
  const { locked, problems, shift, drop, copy, change, fields, criteria } = useEditorKnows()
  const [asking, setAsking] = useState(false)
  const found = problems.get(block.id) ?? []
  const worst = found.some(({ severity }) => severity === 'error')
    ? 'has-errors'
    : found.length > 0
      ? 'has-warnings'
      : ''
  const onKey = (event: KeyboardEvent) => {
    if (!event.altKey || locked || event.nativeEvent.isComposing) return
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    event.stopPropagation()
    const card = event.currentTarget as HTMLElement
    shift(block.id, event.key === 'ArrowUp' ? -1 : 1)
    // The block moved under the hand; the hand stays on it.
    requestAnimationFrame(() => {
      const inside = card.contains(document.activeElement) ? null : document.getElementById(`block-${block.id}`)
      inside?.querySelector<HTMLElement>('.block-handle')?.focus()
    })
  }
  return (
    // biome wants no keys on plain elements; Alt with an arrow is heard from whatever has the focus inside.
    <section
      id={`block-${block.id}`}
      className={`block-card ${worst}`.trim()}
      aria-label={`${term('block', block.type)} ${block.id}`}
      onKeyDown={onKey}
    >
      <header className="block-head">
        {locked ? null : (
          <button
            type="button"
            className="block-handle"
            draggable
            title={t('editor.drag-hint')}
            aria-label={t('editor.move-block', { block: term('block', block.type) })}
            onDragStart={event => {
              event.dataTransfer.setData(DRAGGED, block.id)
              event.dataTransfer.effectAllowed = 'move'
            }}
          >
            <HolderOutlined />
          </button>
        )}
        <span className="block-kind">
          {blockIcons[block.type]} {term('block', block.type)}
        </span>
        {block.when ? (
          <button type="button" className="when-mark" disabled={locked} onClick={() => setAsking(!asking)}>
            <BranchesOutlined /> {whenInWords(block.when, { fields, criteria }, speech)}
          </button>
        ) : null}
        {block.only ? (
          <Chip tone="outline">{block.only.map(channel => term('channel', channel)).join(' · ')}</Chip>
        ) : null}
        <span className="grow" />
        {locked ? null : (
          <>
            <Button
              size="small"
              type="text"
              icon={<ArrowUpOutlined />}
              aria-label={t('editor.up')}
              title={`${t('editor.up')} Alt+↑`}
              onClick={() => shift(block.id, -1)}
            />
            <Button
              size="small"
              type="text"
              icon={<ArrowDownOutlined />}
              aria-label={t('editor.down')}
              title={`${t('editor.down')} Alt+↓`}
              onClick={() => shift(block.id, 1)}
            />
            <OnlyChannels block={block} />
            <Dropdown
              trigger={['click']}
              menu={{
                items: [
                  {
                    key: 'when',
                    icon: <BranchesOutlined />,
                    label: t(block.when ? 'editor.no-condition' : 'editor.add-condition'),
                  },
                  { key: 'copy', icon: <CopyOutlined />, label: t('editor.copy-block') },
                  { key: 'drop', icon: <DeleteOutlined />, label: t('editor.drop-block'), danger: true },
                ],
                onClick: ({ key }) => {
                  if (key === 'copy') copy(block.id)
                  else if (key === 'drop') drop(block.id)
                  else if (block.when) {
                    const { when: _, ...rest } = block
                    change(rest as Block)
                  } else {
                    change({ ...block, when: { by: 'data', all: firstComparison(fields) } })
                    setAsking(true)
                  }
                },
              }}
            >
              <Button size="small" type="text" icon={<MoreOutlined />} aria-label={t('editor.more')} />
            </Dropdown>
          </>
        )}
      </header>
      {asking && block.when ? (
        <div className="block-when">
          <WhenEditor
            when={block.when}
            fields={fields}
            criteria={criteria}
            locked={locked}
            onChange={(when, about) => change({ ...block, when }, `${block.id} when ${about ?? ''}`)}
          />
        </div>
      ) : null}
      <BlockBody block={block} />
      {found.map(({ severity, message }) => (
        <p key={message.en} className={severity === 'error' ? 'small bad-ink' : 'small warn-ink'}>
          {say(message)}
        </p>
      ))}
    </section>
  )
}

const channels: readonly DesignChannel[] = ['print', 'email', 'sms', 'call', 'portal', 'kiosk']

/** A button means nothing on paper, a page number nothing in a mail. */
function OnlyChannels({ block }: { block: Block }) {
  const { t, term } = useText()
  const { change } = useEditorKnows()
  const chosen = block.only ?? channels
  const set = (next: DesignChannel[]) => {
    const { only: _, ...rest } = block
    change((next.length === 0 || next.length === channels.length ? rest : { ...rest, only: next }) as Block)
  }
  return (
    <Popover
      trigger="click"
      title={t('editor.only')}
      content={
        <div className="stack tight">
          {channels.map(channel => (
            <Checkbox
              key={channel}
              checked={chosen.includes(channel)}
              onChange={({ target }) =>
                set(
                  target.checked
                    ? channels.filter(one => one === channel || chosen.includes(one))
                    : chosen.filter(one => one !== channel),
                )
              }
            >
              {term('channel', channel)}
            </Checkbox>
          ))}
        </div>
      }
    >
      <Button size="small" type="text">
        {t('editor.where')}
      </Button>
    </Popover>
  )
}
