import { useEditorKnows } from '../editor-context.ts'
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
  const { List } = useEditorKnows()
  return (
    <div className="block-inside">
      <List place={{ block: block.id, list }} blocks={blocks} label={label} />
    </div>
  )
}
