import { z } from 'zod'
import { type ChartType, chartTypes, type MessageChannel, messageChannels } from '../compose/template.ts'
import { type Symbology, symbologies } from './barcode.ts'
import { type Line, lineSchema, type Phrase, phraseSchema, type RichText, richTextSchema } from './rich-text.ts'
import { pathSchema, type When, whenSchema } from './when.ts'

/** Names a block in errors, comments and differences; unique in its design, kept when the block moves. */
export const blockIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a block is named by a–z, 0–9 and -')
/** SHA-256 of an uploaded picture. */
export const assetIdSchema = z.string().regex(/^[0-9a-f]{64}$/, 'not the id of an uploaded file')

interface Common {
  id: string
  /** Shown only when this holds. */
  when?: When | undefined
  /** Only in these channels; left out: in all. */
  only?: MessageChannel[] | undefined
}

export interface TableColumn {
  id: string
  title: Line
  /** Of a row: `amount`, `invoice.number`. */
  path: string
  format?: string | undefined
  align: 'left' | 'center' | 'right'
  /** Takes the width that is left; the others are as wide as their longest value. */
  wide?: boolean | undefined
  /** The sum of the column stands at its foot. */
  total?: boolean | undefined
}

export interface ScriptField {
  id: string
  label: Line
  kind: 'text' | 'choice' | 'phone' | 'email' | 'consent'
  options: { value: string; label: Line }[]
  /** The golden field that the answer corrects. */
  golden?: string | undefined
}

export type Block = Common &
  (
    | { type: 'text'; text: RichText }
    | { type: 'table'; rows: string; columns: TableColumn[]; totalLabel?: Line | undefined; empty?: Line | undefined }
    | { type: 'chart'; chart: ChartType; from: string; title?: Line | undefined; alt: Line }
    | {
        type: 'picture'
        asset: string
        alt: Line
        width: number
        align: 'left' | 'center' | 'right'
        link?: Phrase | undefined
      }
    | {
        type: 'barcode'
        symbology: Symbology
        value: Phrase
        alt: Line
        width: number
        align: 'left' | 'center' | 'right'
      }
    | {
        type: 'offer'
        contents: string[]
        space: 'always' | 'left'
        label?: Line | undefined
        /** Instead of the offer's own text. */
        body?: Line | undefined
        note?: Line | undefined
        codeLabel?: Line | undefined
        fallback: Block[]
      }
    | { type: 'fragment'; fragment: string }
    | { type: 'condition'; test: When; blocks: Block[]; otherwise: Block[] }
    | { type: 'optional'; title: Line; on: boolean; blocks: Block[] }
    | { type: 'region'; mode: 'open' | 'locked'; title: Line; blocks: Block[] }
    | { type: 'columns'; columns: { width: number; blocks: Block[] }[] }
    | { type: 'button'; label: Line; link: Phrase }
    | { type: 'divider' }
    | { type: 'space'; height: number }
    | { type: 'address'; facts: { id: string; label: Line; value: Phrase }[] }
    | { type: 'step'; title: Line; say: Line; fields: ScriptField[]; next: { answer: Line; to: string }[] }
  )

export type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>

const MOST_BLOCKS = 300
const side = z.enum(['left', 'center', 'right'])
/** Millimetres on paper; on screen 1 mm is 3.78 px. */
const millimetres = z.number().min(1).max(277)
const common = {
  id: blockIdSchema,
  when: whenSchema.optional(),
  only: z.array(z.enum(messageChannels)).min(1).optional(),
}
const label = { id: blockIdSchema, label: lineSchema }

export const blocksSchema: z.ZodType<Block[]> = z.lazy(() => z.array(blockSchema).max(MOST_BLOCKS))

const blockSchema: z.ZodType<Block> = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('text'), text: richTextSchema }),
  z.strictObject({
    ...common,
    type: z.literal('table'),
    /** A field that holds a list. */
    rows: pathSchema,
    columns: z
      .array(
        z.strictObject({
          id: blockIdSchema,
          title: lineSchema,
          path: pathSchema,
          format: z.string().optional(),
          align: side,
          wide: z.boolean().optional(),
          total: z.boolean().optional(),
        }),
      )
      .min(1)
      .max(12),
    totalLabel: lineSchema.optional(),
    /** Instead of a table without rows; left out: nothing. */
    empty: lineSchema.optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('chart'),
    chart: z.enum(chartTypes),
    from: pathSchema,
    title: lineSchema.optional(),
    alt: lineSchema,
  }),
  z.strictObject({
    ...common,
    type: z.literal('picture'),
    asset: assetIdSchema,
    alt: lineSchema,
    width: millimetres,
    align: side,
    link: phraseSchema.optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('barcode'),
    symbology: z.enum(symbologies),
    value: phraseSchema,
    alt: lineSchema,
    width: millimetres,
    align: side,
  }),
  z.strictObject({
    ...common,
    type: z.literal('offer'),
    /** Fields of the data by priority (`offer`, `reward`): the first that this customer has is taken. */
    contents: z.array(pathSchema).min(1).max(5),
    /** Only where the page has room left (see slots/; such a slot stands last), or always. */
    space: z.enum(['always', 'left']),
    label: lineSchema.optional(),
    body: lineSchema.optional(),
    note: lineSchema.optional(),
    codeLabel: lineSchema.optional(),
    fallback: blocksSchema,
  }),
  z.strictObject({ ...common, type: z.literal('fragment'), fragment: blockIdSchema }),
  z.strictObject({
    ...common,
    type: z.literal('condition'),
    test: whenSchema,
    blocks: blocksSchema,
    otherwise: blocksSchema,
  }),
  z.strictObject({ ...common, type: z.literal('optional'), title: lineSchema, on: z.boolean(), blocks: blocksSchema }),
  z.strictObject({
    ...common,
    type: z.literal('region'),
    mode: z.enum(['open', 'locked']),
    title: lineSchema,
    blocks: blocksSchema,
  }),
  z.strictObject({
    ...common,
    type: z.literal('columns'),
    columns: z
      .array(z.strictObject({ width: z.number().min(1).max(12), blocks: blocksSchema }))
      .min(2)
      .max(4),
  }),
  z.strictObject({ ...common, type: z.literal('button'), label: lineSchema, link: phraseSchema }),
  z.strictObject({ ...common, type: z.literal('divider') }),
  z.strictObject({ ...common, type: z.literal('space'), height: millimetres }),
  z.strictObject({
    ...common,
    type: z.literal('address'),
    /** What stands beside the window: date, account, reference. */
    facts: z.array(z.strictObject({ ...label, value: phraseSchema })).max(8),
  }),
  z.strictObject({
    ...common,
    /** One thing an agent says, and what is asked there. */
    type: z.literal('step'),
    title: lineSchema,
    say: lineSchema,
    fields: z
      .array(
        z.strictObject({
          ...label,
          id: z.string().regex(/^[a-z][a-zA-Z0-9.-]{0,39}$/),
          kind: z.enum(['text', 'choice', 'phone', 'email', 'consent']),
          options: z.array(z.strictObject({ value: z.string().max(40), label: lineSchema })).max(20),
          golden: z.string().max(40).optional(),
        }),
      )
      .max(10),
    next: z.array(z.strictObject({ answer: lineSchema, to: blockIdSchema })).max(10),
  }),
])
