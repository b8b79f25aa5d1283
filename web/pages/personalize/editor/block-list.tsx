import { PlusOutlined } from '@ant-design/icons'
import { type DragEvent, useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Dropdown } from '../../../kit/index.ts'
import { AssetPicker } from './assets/asset-picker.tsx'
import { BlockCard } from './block-card.tsx'
import { blockIcons, newBlock, typesFor } from './block-kinds.tsx'
import { freeId, type Place } from './block-tree.ts'
import { DRAGGED } from './dragged.ts'
import { type ListProps, useEditorKnows } from './editor-context.ts'
import type { BlockType } from './model.ts'

/** Blocks of one place, each to be dragged anywhere; between them is where one can be put. */
export function BlockList({ blocks, place, label }: ListProps) {
  const { t } = useText()
  const { locked, move } = useEditorKnows()
  const [over, setOver] = useState<number | null>(null)
  const drop = (index: number) => (event: DragEvent) => {
    const id = event.dataTransfer.getData(DRAGGED)
    setOver(null)
    if (id === '') return
    event.preventDefault()
    event.stopPropagation()
    move(id, place, index)
  }
  const gap = (index: number) =>
    locked ? null : (
      <li
        key={`gap ${index}`}
        className={over === index ? 'block-gap over' : 'block-gap'}
        onDragOver={event => {
          if (!event.dataTransfer.types.includes(DRAGGED)) return
          event.preventDefault()
          event.stopPropagation()
          setOver(index)
        }}
        onDragLeave={() => setOver(null)}
        onDrop={drop(index)}
      />
    )
  return (
    <div className="block-list">
      {label ? <div className="small strong block-list-label">{label}</div> : null}
      <ul>
        {blocks.map((block, index) => [
          gap(index),
          <li key={block.id}>
            <BlockCard block={block} />
          </li>,
        ])}
        {gap(blocks.length)}
      </ul>
      {blocks.length === 0 && locked ? <p className="small muted">{t('editor.nothing-here')}</p> : null}
      {locked ? null : <AddBlock place={place} index={blocks.length} />}
    </div>
  )
}

export function AddBlock({ place, index }: { place: Place; index: number }) {
  const { t, term } = useText()
  const { blocks, put, fields, channel, fragments } = useEditorKnows()
  const [picking, setPicking] = useState(false)
  const add = (type: BlockType) => {
    if (type === 'picture') return setPicking(true)
    const made = newBlock(type, freeId(blocks, type), fields)
    const first = fragments[0]
    put(place, index, made.type === 'fragment' && first ? { ...made, fragment: first.id } : made)
  }
  const types = typesFor(channel).filter(type => type !== 'fragment' || fragments.length > 0)
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: types.map(type => ({ key: type, label: term('block', type), icon: blockIcons[type] })),
          onClick: ({ key }) => add(key as BlockType),
        }}
      >
        <Button size="small" type="dashed" icon={<PlusOutlined />}>
          {t('editor.add-block')}
        </Button>
      </Dropdown>
      {picking ? (
        <AssetPicker
          kind="picture"
          onClose={() => setPicking(false)}
          onPick={asset => {
            setPicking(false)
            const block = newBlock('picture', freeId(blocks, 'picture'), fields)
            if (block.type !== 'picture') return
            const alt = {
              ...(asset.alt.zh ? { 'zh-CN': [{ type: 'text' as const, text: asset.alt.zh }] } : {}),
              ...(asset.alt.en ? { en: [{ type: 'text' as const, text: asset.alt.en }] } : {}),
            }
            put(place, index, { ...block, asset: asset.id, alt })
          }}
        />
      ) : null}
    </>
  )
}
