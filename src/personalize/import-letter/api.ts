import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { designSchema } from '../design/design.ts'

// POST /templates/import-letter?name=&like=&language=, body: the bytes of a .docx → a design to start from; nothing but its pictures is stored
export const importedLetter = z.object({
  design: designSchema,
  fields: z.array(z.object({ name: z.string(), path: z.string(), known: z.boolean() })),
  /** Paragraph 0: of the document as a whole. */
  notTaken: z.array(z.object({ paragraph: z.number(), words: z.string(), what: textSchema })),
  pictures: z.number(),
})
