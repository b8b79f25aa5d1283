import { type ComponentType, createContext, useContext } from 'react'
import type { Field, PlacedProblem } from '../../../api/content.ts'
import type { Criterion } from '../../../api/segments.ts'
import type { ChipLook } from '../../../kit/rich-text/model.ts'
import type { ChipAsk } from '../../../kit/rich-text/rich-text.tsx'
import type { Place } from './block-tree.ts'
import type { Block, DesignChannel, Language } from './model.ts'

/** What every part of the editor knows: the data, the languages, and how the design is changed. */
/** A list of blocks; blocks hold lists, so it is handed down and not imported. */
export interface ListProps {
  blocks: readonly Block[]
  place: Place
  label?: string
}

export interface EditorKnows {
  List: ComponentType<ListProps>
  fields: readonly Field[]
  criteria: readonly Criterion[]
  languages: readonly Language[]
  /** Shown side by side, or the one that is open. */
  shown: readonly Language[]
  channel: DesignChannel
  locked: boolean
  fragments: readonly { id: string; title: { en: string; zh: string } }[]
  problems: ReadonlyMap<string, readonly PlacedProblem[]>
  look: (chip: Parameters<ChipAsk['edit']>[0]) => ChipLook
  ask: ChipAsk
  blocks: readonly Block[]
  /** `about` names the field: what is typed into one field is one step back. */
  change: (next: Block, about?: string) => void
  put: (at: Place, index: number, block: Block) => void
  drop: (id: string) => void
  move: (id: string, to: Place, index: number) => void
  shift: (id: string, by: -1 | 1) => void
  copy: (id: string) => void
}

export const EditorContext = createContext<EditorKnows | null>(null)

export function useEditorKnows(): EditorKnows {
  const knows = useContext(EditorContext)
  if (!knows) throw new Error('outside of the editor')
  return knows
}
