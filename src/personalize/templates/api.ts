import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { languageSchema } from '../design/languages.ts'
import { draftStates } from './tables.ts'

/** HTTP shapes of templates, fragments, their versions and drafts. */
const day = z.iso.date()
const versionStates = ['live', 'scheduled', 'past', 'withdrawn', 'asked'] as const
const fragmentUse = z.object({ id: z.string(), version: z.number() })

export const problem = z.object({
  block: z.string(),
  file: z.string().optional(),
  line: z.number().optional(),
  field: z.string().optional(),
  severity: z.enum(['error', 'warning']),
  message: textSchema,
})

export const versionRow = z.object({
  version: z.number(),
  state: z.enum(versionStates),
  hash: z.string(),
  createdAt: z.string(),
  effectiveFrom: day,
  effectiveTo: day.nullable(),
  madeBy: z.string(),
  approvedBy: z.string(),
  approvedAt: z.string().nullable(),
  note: z.string(),
  /** The version that holds again in this one. */
  restored: z.number().nullable(),
  fragments: z.array(fragmentUse),
})

export const draftSummary = z.object({
  id: z.number(),
  kind: z.enum(['template', 'fragment']),
  object: z.string(),
  title: textSchema,
  base: z.number().nullable(),
  state: z.enum(draftStates),
  revision: z.number(),
  note: z.string(),
  /** The fragment whose newer version is why the house offers it; null: a person's. */
  cause: fragmentUse.nullable(),
  madeBy: z.string(),
  changedAt: z.string(),
  askedBy: z.string().nullable(),
  effectiveFrom: day.nullable(),
  effectiveTo: day.nullable(),
  decidedBy: z.string().nullable(),
  decisionNote: z.string(),
  /** Under which it was compiled when approval was asked. */
  version: z.number().nullable(),
  deleted: z.boolean(),
  /** Open remarks of reviewers. */
  comments: z.number(),
  /** Whether whoever asks may approve it: not an author of it. */
  mayApprove: z.boolean(),
})

// GET /templates/:id/versions → every version and draft of one template; the same of a fragment at /fragments/:id/versions
export const versionList = z.object({
  id: z.string(),
  title: textSchema,
  /** Proposed as the day from which a new version holds. */
  proposedFrom: day,
  versions: z.array(versionRow),
  drafts: z.array(draftSummary),
})

// GET /templates/:id/versions/:version → what it was made from, and what was compiled
export const versionDetail = versionRow.extend({
  source: z.unknown(),
  files: z.record(z.string(), z.string()),
  rules: z.array(z.object({ key: z.string(), words: textSchema })),
})

// GET /content/drafts
export const draftList = z.object({ rows: z.array(draftSummary) })
// GET /content/drafts/:draft
export const draftDetail = draftSummary.extend({
  /** Of a template `{ manifest, schema, brand, examples, design?, files }`, of a fragment `{ title, owner, content }`. */
  source: z.unknown(),
  proposedFrom: day,
})
// POST /templates, /fragments
export const newTemplate = z.strictObject({
  id: z.string(),
  /** Begins with what this live template has: its data, its company, its blocks. */
  from: z.string(),
  title: textSchema,
  kind: z.string(),
  /** Without: the blocks of `from` are taken as well. */
  empty: z.boolean().default(false),
})
export const newFragment = z.strictObject({
  id: z.string(),
  title: textSchema,
  owner: z.string().max(80).default(''),
  languages: z.array(languageSchema).min(1),
})
// POST /templates/:id/drafts, /fragments/:id/drafts
export const draftStart = z.strictObject({ version: z.number().int().positive().optional() })
// PUT /content/drafts/:draft
export const draftSave = z.strictObject({
  revision: z.number().int().positive(),
  note: z.string().max(2000).default(''),
  source: z.unknown(),
})
export const draftSaved = z.object({ revision: z.number(), problems: z.array(problem) })
export const problemList = z.object({ problems: z.array(problem) })
// POST /content/drafts/:draft/ask
export const draftAsk = z.strictObject({
  from: day,
  to: day.nullable().default(null),
  note: z.string().max(2000).default(''),
})
// POST /content/drafts/:draft/answer
export const draftAnswer = z.strictObject({
  answer: z.enum(['approve', 'refuse', 'withdraw']),
  note: z.string().max(2000).default(''),
})
// POST /templates/:id/rollback, /fragments/:id/rollback
export const rollBackTo = z.strictObject({
  version: z.number().int().positive(),
  from: day,
  note: z.string().max(2000).default(''),
})
export const madeVersion = z.object({ version: z.number() })
export const madeDraft = z.object({ id: z.number() })
export const done = z.object({ ok: z.literal(true) })

// GET /content/drafts/:draft/comments
export const commentList = z.object({
  rows: z.array(
    z.object({
      id: z.number(),
      block: z.string(),
      text: z.string(),
      by: z.string(),
      at: z.string(),
      resolvedBy: z.string().nullable(),
      resolvedAt: z.string().nullable(),
    }),
  ),
})
export const newComment = z.strictObject({ block: z.string().max(120).default(''), text: z.string().min(1).max(5000) })

// GET /templates/:id/diff?from=3&to=draft-7, /fragments/:id/diff
export const difference = z.object({
  blocks: z.array(
    z.object({
      block: z.string(),
      type: z.string(),
      kind: z.enum(['added', 'removed', 'changed', 'moved']),
      words: z.array(z.object({ language: languageSchema, before: z.string(), after: z.string() })),
      condition: z.object({ before: textSchema.nullable(), after: textSchema.nullable() }).nullable(),
      settings: z.array(z.string()),
      inside: z.array(z.string()),
    }),
  ),
  files: z.array(
    z.object({
      file: z.string(),
      lines: z.array(
        z.object({
          kind: z.enum(['same', 'added', 'removed']),
          text: z.string(),
          before: z.number().nullable(),
          after: z.number().nullable(),
        }),
      ),
    }),
  ),
  settings: z.array(z.object({ name: z.string(), before: z.string(), after: z.string() })),
})

// GET /fragments
export const fragmentList = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      title: textSchema,
      owner: z.string(),
      languages: z.array(languageSchema),
      version: z.number(),
      state: z.enum(versionStates),
      effectiveFrom: day,
      effectiveTo: day.nullable(),
      /** Live templates in which it stands. */
      templates: z.array(z.string()),
      drafts: z.number(),
    }),
  ),
})

// GET /content/where-used?fragment=|asset=|offer=|kind=
export const whereUsed = z.object({
  rows: z.array(
    z.object({
      kind: z.enum(['template', 'fragment']),
      id: z.string(),
      title: textSchema,
      /** The live version, or null: a draft. */
      version: z.number().nullable(),
      draft: z.number().nullable(),
      /** Kind of communication, so that campaigns are known by it. */
      communication: z.string(),
      channel: z.string(),
      blocks: z.array(z.string()),
    }),
  ),
})
