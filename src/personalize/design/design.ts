import { z } from 'zod'
import { assetIdSchema, type Block, blocksSchema } from './blocks.ts'
import { languageSchema } from './languages.ts'
import { lineSchema } from './rich-text.ts'

/**
 * What an author writes in the browser: one JSON document per template. From it `compile` makes the files of a template version
 * (Typst, MJML, texts, script), so that composing, the ledger and showing again know nothing of blocks.
 */
export const designSchema = z.strictObject({
  format: z.literal(1),
  /** The first is what is written to people whose language the template does not speak. */
  languages: z.array(languageSchema).min(1).max(3),
  /** Of the document, the mail's subject, the script. */
  title: lineSchema,
  blocks: blocksSchema,
  page: z
    .strictObject({
      /** The company's head and foot, or a bare sheet. */
      head: z.boolean(),
      /** Points; 9.5 for statements, 10.5 for letters. */
      size: z.number().min(7).max(16),
      justify: z.boolean(),
      /** An uploaded font instead of the product's own. */
      font: assetIdSchema.optional(),
      /** Stands beside the title on later pages. */
      subject: lineSchema.optional(),
    })
    .default({ head: true, size: 10.5, justify: false }),
  mail: z
    .strictObject({
      /** What programs show behind the subject. */
      preheader: lineSchema,
      /** Why one gets this mail, above the way to unsubscribe. */
      why: lineSchema,
      /** The word of the link that unsubscribes. */
      unsubscribe: lineSchema,
    })
    .optional(),
  call: z
    .strictObject({
      outcomes: z
        .array(z.strictObject({ code: z.string().regex(/^[a-z][a-z-]{0,39}$/), label: lineSchema }))
        .min(1)
        .max(20),
    })
    .optional(),
})
export type Design = z.infer<typeof designSchema>

/** What a fragment is made of: blocks that stand wherever a template names it. */
export const fragmentContentSchema = z.strictObject({
  languages: z.array(languageSchema).min(1).max(3),
  blocks: blocksSchema,
})
export type FragmentContent = z.infer<typeof fragmentContentSchema>

export type { Block }
