import type { NodeCompiler, NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import type { SlotChoice, SlotContents } from './slot-contents.ts'

interface Said {
  slot: string
  content: string
  variant: string
  free: number
}

/** What the print engine put into the slots of a document: `slot` of the prelude leaves a note of each choice. */
export function printedChoices(
  typst: NodeCompiler,
  document: NodeTypstDocument,
  slots: Record<string, SlotContents>,
): SlotChoice[] {
  if (Object.keys(slots).length === 0) return []
  const said = typst.query(document, { selector: '<slot-choice>', field: 'value' }) as Said[]
  return said.map(({ slot, content, variant, free }) => ({
    slot,
    content,
    variant,
    freeMm: Math.round(free * 10) / 10,
    leftOut: slots[slot]?.leftOut ?? {},
  }))
}
