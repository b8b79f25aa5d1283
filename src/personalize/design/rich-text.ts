import { z } from 'zod'
import { type InLanguages, inLanguages } from './languages.ts'
import { pathSchema, type When, whenSchema } from './when.ts'

/** Words of an author: text, never code, whatever it holds. */
const words = z.string().max(10_000)
/** A Liquid filter without arguments: money, day, month, number … (see `fieldFormats`). */
const format = z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, 'not a format')
export const marks = ['bold', 'italic', 'underline'] as const
export type Mark = (typeof marks)[number]

/** Words on one line: of a title, a label, an address of a link, a barcode. */
export type Phrase = (
  | { type: 'text'; text: string }
  | FieldChip
  | { type: 'when'; when: When; content: Phrase; otherwise?: Phrase | undefined }
)[]

/** A field of the data where the reader reads its value; `fallback` where the customer has none. */
export interface FieldChip {
  type: 'field'
  path: string
  format?: string | undefined
  fallback?: string | undefined
}

/** Words of running text. */
export type Inline =
  | { type: 'text'; text: string; marks?: Mark[] | undefined; link?: Phrase | undefined }
  | (FieldChip & { marks?: Mark[] | undefined; link?: Phrase | undefined })
  | { type: 'when'; when: When; content: Inline[]; otherwise?: Inline[] | undefined }
  | { type: 'break' }

export type Paragraph =
  | { type: 'paragraph' | 'small'; align?: 'left' | 'center' | 'right' | undefined; content: Inline[] }
  | { type: 'heading'; level: 1 | 2 | 3; content: Inline[] }
  | { type: 'bullets' | 'numbers'; items: Inline[][] }

const MOST = 200

export const phraseSchema: z.ZodType<Phrase> = z.lazy(() =>
  z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('text'), text: words }),
        z.strictObject({
          type: z.literal('field'),
          path: pathSchema,
          format: format.optional(),
          fallback: words.optional(),
        }),
        z.strictObject({
          type: z.literal('when'),
          when: whenSchema,
          content: phraseSchema,
          otherwise: phraseSchema.optional(),
        }),
      ]),
    )
    .max(MOST),
)

const look = { marks: z.array(z.enum(marks)).max(3).optional(), link: phraseSchema.optional() }
const inlinesSchema: z.ZodType<Inline[]> = z.lazy(() =>
  z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('text'), text: words, ...look }),
        z.strictObject({
          type: z.literal('field'),
          path: pathSchema,
          format: format.optional(),
          fallback: words.optional(),
          ...look,
        }),
        z.strictObject({
          type: z.literal('when'),
          when: whenSchema,
          content: inlinesSchema,
          otherwise: inlinesSchema.optional(),
        }),
        z.strictObject({ type: z.literal('break') }),
      ]),
    )
    .max(MOST),
)

const paragraphSchema: z.ZodType<Paragraph> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum(['paragraph', 'small']),
    align: z.enum(['left', 'center', 'right']).optional(),
    content: inlinesSchema,
  }),
  z.strictObject({
    type: z.literal('heading'),
    level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    content: inlinesSchema,
  }),
  z.strictObject({ type: z.enum(['bullets', 'numbers']), items: z.array(inlinesSchema).max(MOST) }),
])

/** One line in each language, and running text in each language. */
export type Line = InLanguages<Phrase>
export type RichText = InLanguages<Paragraph[]>
export const lineSchema: z.ZodType<Line> = inLanguages(phraseSchema)
export const richTextSchema: z.ZodType<RichText> = inLanguages(z.array(paragraphSchema).max(MOST))
