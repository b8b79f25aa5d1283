/** What may stand in the space a document leaves: chosen by priority from what is there and nothing forbids. */
import { isMissing, valuesAt } from '../compose/paths.ts'
import type { TemplateVersion } from '../compose/template.ts'

/** The template's own words, which are always there. */
export const OWN_TIP = 'tip'

export interface SlotContents {
  /** By priority. */
  contents: string[]
  /** Content → the field that forbids it, or '' where it is simply not there. */
  leftOut: Record<string, string>
}

/** What stood in a slot, as the ledger keeps it; content '' is an empty slot. */
export interface SlotChoice {
  slot: string
  content: string
  /** large, medium, line … as the template names its sizes; of a mail `mail`. */
  variant: string
  /** Millimetres that were left for the slot; null where a page has no end. */
  freeMm: number | null
  leftOut: Record<string, string>
}

const holds = (value: unknown): boolean => !isMissing(value) && value !== false && value !== 0

export function slotContents(
  { manifest }: Pick<TemplateVersion, 'manifest'>,
  view: Record<string, unknown>,
): Record<string, SlotContents> {
  const found: Record<string, SlotContents> = {}
  for (const [slot, { contents }] of Object.entries(manifest.slots)) {
    const its: SlotContents = { contents: [], leftOut: {} }
    for (const { content, without } of contents) {
      const forbids = without.find(path => valuesAt(view, path).some(holds))
      if (content !== OWN_TIP && isMissing(view[content])) its.leftOut[content] = ''
      else if (forbids !== undefined) its.leftOut[content] = forbids
      else its.contents.push(content)
    }
    found[slot] = its
  }
  return found
}

/** Slot → names by priority, as a printed template's `slot` reads them. */
export const namesOf = (slots: Record<string, SlotContents>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(slots).map(([slot, { contents }]) => [slot, contents]))

/** A mail has no end: the first content is taken, as `slots.<name>` in its texts. */
export const firstOf = (slots: Record<string, SlotContents>): Record<string, string> =>
  Object.fromEntries(Object.entries(slots).map(([slot, { contents }]) => [slot, contents[0] ?? '']))

export const mailChoices = (slots: Record<string, SlotContents>): SlotChoice[] =>
  Object.entries(slots).map(([slot, { contents, leftOut }]) => ({
    slot,
    content: contents[0] ?? '',
    variant: contents.length > 0 ? 'mail' : '',
    freeMm: null,
    leftOut,
  }))
