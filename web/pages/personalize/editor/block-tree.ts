import type { Block } from './model.ts'

/** Lists of blocks inside a block, by the name of their place. */
export function listsIn(block: Block): [place: string, blocks: Block[]][] {
  switch (block.type) {
    case 'condition':
      return [
        ['blocks', block.blocks],
        ['otherwise', block.otherwise],
      ]
    case 'optional':
    case 'region':
      return [['blocks', block.blocks]]
    case 'offer':
      return [['fallback', block.fallback]]
    case 'columns':
      return block.columns.map(({ blocks }, at) => [`column ${at}`, blocks])
    default:
      return []
  }
}

function withList(block: Block, place: string, blocks: Block[]): Block {
  if (block.type === 'columns')
    return {
      ...block,
      columns: block.columns.map((column, at) => (`column ${at}` === place ? { ...column, blocks } : column)),
    }
  return { ...block, [place]: blocks } as Block
}

/** A place for blocks: of the design itself, or inside a block. */
export interface Place {
  /** '' for the design itself. */
  block: string
  list: string
}
export const TOP: Place = { block: '', list: 'blocks' }

/** The same blocks with every list changed, inner ones first. */
function mapLists(blocks: readonly Block[], place: Place, change: (list: Block[], place: Place) => Block[]): Block[] {
  const inner = blocks.map(block =>
    listsIn(block).reduce((whole, [list, own]) => {
      const next = mapLists(own, { block: block.id, list }, change)
      return next === own ? whole : withList(whole, list, next)
    }, block),
  )
  const same = inner.every((block, at) => block === blocks[at])
  return change(same ? (blocks as Block[]) : inner, place)
}

export function allBlocks(blocks: readonly Block[]): Block[] {
  return blocks.flatMap(block => [block, ...listsIn(block).flatMap(([, own]) => allBlocks(own))])
}

export const findBlock = (blocks: readonly Block[], id: string): Block | undefined =>
  allBlocks(blocks).find(block => block.id === id)

export const updateBlock = (blocks: readonly Block[], next: Block): Block[] =>
  mapLists(blocks, TOP, list =>
    list.some(({ id }) => id === next.id) ? list.map(block => (block.id === next.id ? next : block)) : list,
  )

export const removeBlock = (blocks: readonly Block[], id: string): Block[] =>
  mapLists(blocks, TOP, list => (list.some(block => block.id === id) ? list.filter(block => block.id !== id) : list))

export const insertBlock = (blocks: readonly Block[], at: Place, index: number, block: Block): Block[] =>
  mapLists(blocks, TOP, (list, place) =>
    place.block === at.block && place.list === at.list ? list.toSpliced(index, 0, block) : list,
  )

/** Where a block stands. */
export function placeOf(
  blocks: readonly Block[],
  id: string,
  place: Place = TOP,
): { place: Place; index: number } | null {
  const index = blocks.findIndex(block => block.id === id)
  if (index >= 0) return { place, index }
  for (const block of blocks)
    for (const [list, own] of listsIn(block)) {
      const found = placeOf(own, id, { block: block.id, list })
      if (found) return found
    }
  return null
}

/** To another place; `index` counts as the list was before. A block does not go into itself. */
export function moveBlock(blocks: readonly Block[], id: string, to: Place, index: number): Block[] {
  const moved = findBlock(blocks, id)
  const from = placeOf(blocks, id)
  if (!moved || !from || allBlocks([moved]).some(inner => inner.id === to.block)) return blocks as Block[]
  const sameList = from.place.block === to.block && from.place.list === to.list
  const at = sameList && from.index < index ? index - 1 : index
  return insertBlock(removeBlock(blocks, id), to, at, moved)
}

/** One up or down among its neighbours. */
export function shiftBlock(blocks: readonly Block[], id: string, by: -1 | 1): Block[] {
  return mapLists(blocks, TOP, list => {
    const at = list.findIndex(block => block.id === id)
    const other = list[at + by]
    return at < 0 || !other ? list : list.with(at, other).with(at + by, list[at]!)
  })
}

/** `text-2`: a name nobody in the design has. */
export function freeId(blocks: readonly Block[], type: string): string {
  const taken = new Set(allBlocks(blocks).map(({ id }) => id))
  const start = type.replace(/-\d+$/, '').slice(0, 30)
  for (let n = 1; ; n++) if (!taken.has(`${start}-${n}`)) return `${start}-${n}`
}

/** A copy behind the block, with names of its own all the way down. */
export function duplicateBlock(blocks: readonly Block[], id: string): Block[] {
  const block = findBlock(blocks, id)
  const from = placeOf(blocks, id)
  if (!block || !from) return blocks as Block[]
  let known = blocks as Block[]
  const renamed = (one: Block): Block => {
    const fresh = { ...one, id: freeId(known, one.id) }
    known = [...known, { ...fresh, type: 'divider' } as Block]
    return listsIn(fresh).reduce((whole, [list, own]) => withList(whole, list, own.map(renamed)), fresh as Block)
  }
  return insertBlock(blocks, from.place, from.index + 1, renamed(block))
}
