import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { brandSchema, manifestSchema } from '../compose/template.ts'
import { designSchema, fragmentContentSchema } from '../design/design.ts'

/** A template or fragment is named by this in folders, rows and addresses. */
export const contentIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a–z, 0–9 and -, beginning with a letter')

/** Files of an expert: text only, in one folder; pictures and fonts are uploaded. */
const filesSchema = z.record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$/), z.string().max(500_000))

/** What an author works on: all that makes a template, but the company. */
export const templateDraftSource = z.strictObject({
  manifest: manifestSchema,
  /** JSON Schema of the data. */
  schema: z.record(z.string(), z.json()),
  brand: brandSchema,
  examples: z.array(z.record(z.string(), z.json())).min(1).max(50),
  /** Left out in expert mode. */
  design: designSchema.optional(),
  /** Expert mode: `main.typ`, `texts.en.json` …; empty where there is a design. */
  files: filesSchema,
})
export type TemplateDraftSource = z.infer<typeof templateDraftSource>

/** Heard of these offers; none: of every offer. */
export const objectionSchema = z.strictObject({ offers: z.array(z.string().max(80)).max(200) })

export const fragmentSource = z.strictObject({
  title: textSchema,
  /** Who answers for it: a team or a person. */
  owner: z.string().max(80),
  content: fragmentContentSchema,
  /** What a customer says against an offer at the desk (the title), and what to answer (the text). */
  objection: objectionSchema.optional(),
})
export type FragmentSource = z.infer<typeof fragmentSource>
