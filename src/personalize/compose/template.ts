import { z } from 'zod'
import type { Rule } from '../../analyze/index.ts'
import { textSchema } from '../../platform/text.ts'
import type { FragmentUse } from '../design/compile/expand.ts'
import type { Design } from '../design/design.ts'
import { smsProviders } from '../sms-policies/codes.ts'
import { messageLanguages } from './languages.ts'

/** How a message reaches its reader; portal and kiosk are pages in HTML. */
export const messageChannels = ['print', 'email', 'sms', 'call', 'portal', 'kiosk'] as const
export type MessageChannel = (typeof messageChannels)[number]

export const chartTypes = ['months', 'share', 'comparison', 'usage'] as const
export type ChartType = (typeof chartTypes)[number]

/** Of a kind of communication, a slot, an entry of a chart: what files and rows call it. */
export const codeSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a–z, 0–9 and -, beginning with a letter')

/** In our own texts the third language is optional: it is derived where a template says so. */
const writtenText = textSchema.extend({ 'zh-TW': z.string().optional() })

/** `template.json`: what kind of communication this is and what happens when something is missing. */
export const manifestSchema = z.strictObject({
  /** Shown to people. */
  title: textSchema,
  kind: codeSchema,
  /** legal: the law wants it sent; service: it belongs to what was bought; offer: only with consent. */
  class: z.enum(['legal', 'service', 'offer']),
  /** paper: must be printed; electronic-with-consent: on screen if the customer agreed; free: any channel. */
  legalForm: z.enum(['paper', 'electronic-with-consent', 'free']),
  channel: z.enum(messageChannels),
  /** The first is for whoever reads none of them; see languages.ts for the order in between. */
  languages: z.array(z.enum(messageLanguages)).min(1),
  /**
   * Offers, products and notices have no text in zh-TW of their own: true turns their simplified one into Taiwan's characters and
   * words while the message's data are gathered (and keeps it there); false leaves it as it is. Names of people are never touched.
   */
  convert: z.boolean().default(false),
  /** Of an e-mail: the printed template of the same data whose PDF it carries, or leads to (see the way a kind goes). */
  attach: codeSchema.optional(),
  /**
   * Per field (a dotted path of the data): hold back the message, leave the block out (the field becomes null), or put a
   * default. A missing field is absent, null, '' or an empty list; one without a rule must satisfy the schema as it is.
   */
  missing: z.record(z.string(), z.union([z.enum(['hold', 'skip']), z.strictObject({ default: z.json() })])).default({}),
  /** Sums that must be right before anything goes out: all `sum` paths (through lists) together equal `equals`. */
  totals: z.array(z.strictObject({ sum: z.array(z.string()).min(1), equals: z.string() })).default([]),
  /** Charts drawn from the data: name → field that holds its list, see charts/chart.ts. */
  charts: z.record(z.string(), z.strictObject({ type: z.enum(chartTypes), from: z.string() })).default({}),
  /**
   * What may stand in space that is left: name → contents by priority (fields of the data, or `tip` for the template's own), each left
   * out beside any of its `without` (fields that hold something). See slots/.
   */
  slots: z
    .record(
      codeSchema,
      z.strictObject({
        contents: z.array(z.strictObject({ content: codeSchema, without: z.array(z.string()).default([]) })).min(1),
      }),
    )
    .default({}),
  /** More pages or parts of a short message than this hold it back; without it 100 pages and what 500 characters take. */
  most: z
    .strictObject({
      pages: z.number().int().min(1).max(1000).optional(),
      segments: z.number().int().min(1).max(8).optional(),
    })
    .optional(),
  /** Standard of the PDF: tagged PDF 1.7, PDF/A-2u for archives, PDF/UA-1 for accessibility. */
  pdf: z.enum(['1.7', 'a-2u', 'ua-1']).default('1.7'),
})
export type TemplateManifest = z.infer<typeof manifestSchema>

/** Who sends: shared by all templates of a company, `brand.json` beside their folders. */
export const brandSchema = z.strictObject({
  name: writtenText,
  tagline: writtenText,
  address: writtenText,
  phone: z.string(),
  email: z.email(),
  web: z.string(),
  /** Of sender addresses and Message-IDs. */
  mailDomain: z.string(),
  /** The message id is appended. */
  unsubscribeUrl: z.url(),
  /** Registered signature, without brackets. */
  smsSignature: writtenText,
  smsOptOut: writtenText,
  /** Whose rules short messages must keep: sms-policies/. */
  smsProvider: z.enum(smsProviders).default('general'),
  legal: writtenText,
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
  /** What its files were compiled from; an expert's own files have none. */
  design?: Design
  /** Fragments that stand in it, by id. */
  fragments?: FragmentUse[]
  /** Rules of segments its conditions ask, by the name of the condition: answered when the data of a part are gathered. */
  rules?: Record<string, Rule>
  /** Of an e-mail that carries a document: the printed template of the same data, put here before it is composed. */
  document?: TemplateVersion
  /** Pictures and fonts its files name by `/assets/<SHA-256>`: put here before it is composed (assets/with-assets.ts), never stored with it. */
  assets?: Record<string, { bytes: Uint8Array; mediaType: string }>
}
