import { BlockList } from '../block-list.tsx'
import type { Block } from '../model.ts'

/** A list of blocks inside a block. */
export function Inside({
  block,
  list,
  blocks,
  label,
}: {
  block: Block
  list: string
  blocks: readonly Block[]
  label: string
}) {
  return (
    <div className="block-inside">
      <BlockList place={{ block: block.id, list }} blocks={blocks} label={label} />
    </div>
  )
}
