import type { TemplateManifest } from '../../compose/template.ts'
import type { Block } from '../blocks.ts'
import type { FragmentContent } from '../design.ts'
import { designErrors } from '../errors.ts'

/** A fragment as it stands in a template: which version of it. */
export interface FragmentUse {
  id: string
  version: number
}

/** What `fragment` blocks mean while a template is compiled. */
export type Fragments = ReadonlyMap<string, { version: number; content: FragmentContent }>

const DEEPEST = 5

/**
 * Fragments put in where templates name them, blocks of other channels left out. Blocks of a fragment are called after the block
 * that stands for it, so that a fragment may stand twice.
 */
export function expand(
  blocks: readonly Block[],
  fragments: Fragments,
  channel: TemplateManifest['channel'],
): { blocks: Block[]; used: FragmentUse[] } {
  const used = new Map<string, FragmentUse>()
  const inside = (list: readonly Block[], prefix: string, path: readonly string[]): Block[] =>
    list.flatMap(block => {
      if (block.only && !block.only.includes(channel)) return []
      const id = prefix + block.id
      if (block.type !== 'fragment') return [{ ...withInner(block, inner => inside(inner, prefix, path)), id } as Block]
      const fragment = fragments.get(block.fragment)
      if (!fragment) throw designErrors['personalize.no-fragment']({ fragment: block.fragment, block: id })
      if (path.includes(block.fragment) || path.length >= DEEPEST)
        throw designErrors['personalize.fragment-circle']({ path: [...path, block.fragment].join(' → ') })
      used.set(block.fragment, { id: block.fragment, version: fragment.version })
      const inner = inside(fragment.content.blocks, `${id}-`, [...path, block.fragment])
      return block.when ? [{ id, type: 'condition', test: block.when, blocks: inner, otherwise: [] }] : inner
    })
  const expanded = inside(blocks, '', [])
  return { blocks: expanded, used: [...used.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

/** The block with each list of blocks inside it put through `map`. */
export function withInner(block: Block, map: (inner: readonly Block[]) => Block[]): Block {
  switch (block.type) {
    case 'condition':
      return { ...block, blocks: map(block.blocks), otherwise: map(block.otherwise) }
    case 'optional':
    case 'region':
      return { ...block, blocks: map(block.blocks) }
    case 'offer':
      return { ...block, fallback: map(block.fallback) }
    case 'columns':
      return { ...block, columns: block.columns.map(column => ({ ...column, blocks: map(column.blocks) })) }
    default:
      return block
  }
}

/** Every block, those inside others after them. */
export function allBlocks(blocks: readonly Block[]): Block[] {
  const found: Block[] = []
  const walk = (list: readonly Block[]): Block[] => {
    for (const block of list) {
      found.push(block)
      withInner(block, walk)
    }
    return []
  }
  walk(blocks)
  return found
}
