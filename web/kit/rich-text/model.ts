/** The running text of a design as the server keeps it; what the editor shows is made of it and goes back to it whole. */
import type { FieldChip, Inline, Mark, Paragraph, Phrase } from '../../../src/personalize/design/rich-text.ts'
import type { When } from '../../../src/personalize/design/when.ts'

export type { FieldChip, Inline, Mark, Paragraph, Phrase, When }
export type WhenChip = Extract<Inline, { type: 'when' }>
export type Chip = FieldChip | WhenChip

/** What a chip says on the page, and whether something is wrong with it. */
export interface ChipLook {
  label: string
  title: string
  bad?: boolean
}
