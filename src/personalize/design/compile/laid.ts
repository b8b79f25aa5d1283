import type { ChartType } from '../../compose/template.ts'
import type { Language } from '../languages.ts'
import type { LaidParagraph } from './runs.ts'

/** A block whose words lie under names: what print, mail and script are written from. `id` names the author's block. */
export type Laid = { id: string } & (
  | { type: 'text'; text: Partial<Record<Language, LaidParagraph[]>>; plain: string }
  | {
      type: 'table'
      columns: { title: string; align: Side; wide: boolean }[]
      totals: boolean
      totalLabel: string | undefined
      empty: string | undefined
    }
  | { type: 'chart'; chart: ChartType; from: string; title: string | undefined; alt: string }
  | { type: 'picture'; asset: string; alt: string; width: number; align: Side; link: string | undefined }
  | { type: 'barcode'; alt: string; text: string; width: number; align: Side }
  | { type: 'slot'; space: 'always' | 'left'; contents: LaidContent[]; fallback: Laid[] }
  | { type: 'choice'; key: string; blocks: Laid[]; otherwise: Laid[] }
  | { type: 'part'; blocks: Laid[] }
  | { type: 'region'; blocks: Laid[] }
  | { type: 'columns'; columns: { width: number; blocks: Laid[] }[] }
  | { type: 'button'; label: string; link: string }
  | { type: 'divider' }
  | { type: 'space'; height: number }
  | { type: 'address'; facts: { label: string; value: string }[] }
  | { type: 'step'; title: string; say: string; fields: LaidField[]; next: { answer: string; to: string }[] }
)
export type LaidOf<T extends Laid['type']> = Extract<Laid, { type: T }>

export const isPart = (block: Laid): block is LaidOf<'part'> => block.type === 'part'

export type Side = 'left' | 'center' | 'right'

/** One thing a slot may hold: a field of the data with name, text and code, like an offer. */
export interface LaidContent {
  field: string
  /** Of the condition that this customer has it. */
  key: string
  label: string
  headline: string
  body: string
  note: string
  codeLabel: string | undefined
  code: string
}

export interface LaidField {
  id: string
  label: string
  kind: string
  options: { value: string; label: string }[]
  golden: string | undefined
}
