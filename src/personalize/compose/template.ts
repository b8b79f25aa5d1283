import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** `template.json`: what kind of communication this is and what happens when something is missing. */
export const manifestSchema = z.strictObject({
  /** Shown to people. */
  title: textSchema,
  kind: z.enum(['bill', 'letter', 'notice', 'email', 'sms', 'script']),
  /** legal: the law wants it sent; service: it belongs to what was bought; offer: only with consent. */
  class: z.enum(['legal', 'service', 'offer']),
  /** paper: must be printed; electronic-with-consent: on screen if the customer agreed; free: any channel. */
  legalForm: z.enum(['paper', 'electronic-with-consent', 'free']),
  channel: z.enum(['print', 'email', 'sms', 'call']),
  languages: z.array(z.enum(['zh-CN', 'en'])).min(1),
  /**
   * Per field (a dotted path of the data): hold back the message, leave the block out (the field becomes null), or put a
   * default. A missing field is absent, null, '' or an empty list; one without a rule must satisfy the schema as it is.
   */
  missing: z.record(z.string(), z.union([z.enum(['hold', 'skip']), z.strictObject({ default: z.json() })])).default({}),
  /** Sums that must be right before anything goes out: all `sum` paths (through lists) together equal `equals`. */
  totals: z.array(z.strictObject({ sum: z.array(z.string()).min(1), equals: z.string() })).default([]),
  /** Charts drawn from the data: name → field that holds its list of { month, amount }. */
  charts: z.record(z.string(), z.strictObject({ type: z.literal('months'), from: z.string() })).default({}),
  /** Standard of the PDF: tagged PDF 1.7, PDF/A-2u for archives, PDF/UA-1 for accessibility. */
  pdf: z.enum(['1.7', 'a-2u', 'ua-1']).default('1.7'),
})
export type TemplateManifest = z.infer<typeof manifestSchema>

/** Who sends: shared by all templates of a company, `brand.json` beside their folders. */
export const brandSchema = z.strictObject({
  name: textSchema,
  tagline: textSchema,
  address: textSchema,
  phone: z.string(),
  email: z.email(),
  web: z.string(),
  /** Of sender addresses and Message-IDs. */
  mailDomain: z.string(),
  /** The message id is appended. */
  unsubscribeUrl: z.url(),
  /** Registered signature, without brackets. */
  smsSignature: textSchema,
  smsOptOut: textSchema,
  legal: textSchema,
  payment: z.record(z.string(), z.string()),
  colour: z.strictObject({ brand: z.string(), accent: z.string(), tint: z.string() }),
})
export type Brand = z.infer<typeof brandSchema>

/** One version of a template: everything that decides its output, and nothing else. */
export interface TemplateVersion {
  /** Name of its folder. */
  id: string
  /** SHA-256 over manifest, schema, brand and files. */
  hash: string
  manifest: TemplateManifest
  /** JSON Schema of the data. */
  schema: Record<string, unknown>
  brand: Brand
  /** Path → text: `main.typ`, `texts.en.json`, `body.mjml`, … */
  files: Record<string, string>
  /** What was compiled once from the files: MJML to HTML. */
  compiled: Record<string, string>
  /** `example.json`: rows that compose, in each language. */
  examples: Record<string, unknown>[]
}
