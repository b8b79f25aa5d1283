import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** Something about the rows that a turn analysed which its reader should know: what, how many, which, and what was done about it. */
export const inputNote = z.object({
  id: z.string(),
  tone: z.enum(['info', 'warn', 'bad']),
  rows: z.number(),
  title: textSchema,
  /** What the turn did with them. */
  handled: textSchema,
  /** A few of them, by invoice, customer or file: never a name. */
  examples: z.array(z.string()),
})
export type InputNote = z.infer<typeof inputNote>
