import { z } from 'zod'
import { sha256Of } from '../../platform/sha256.ts'
import { errors } from '../errors.ts'
import type { Data } from './check-data.ts'
import type { Composed } from './outcome.ts'
import { valuesAt } from './paths.ts'
import { remember } from './remember.ts'
import type { TemplateVersion } from './template.ts'
import { type View, viewOf } from './texts.ts'

/** `script.json`: the skeleton of a call. Names of texts (`texts.<language>.json`) stand where an agent will read words. */
const fieldSkeleton = z.strictObject({
  id: z.string(),
  label: z.string(),
  kind: z.enum(['text', 'choice', 'phone', 'email', 'consent']),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })).default([]),
  /** The golden field that the answer corrects. */
  golden: z.string().optional(),
})
const skeletonSchema = z.strictObject({
  blocks: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      say: z.string(),
      /** Shown only when this field of the data (a dotted path) is there. */
      when: z.string().optional(),
      fields: z.array(fieldSkeleton).default([]),
      next: z.array(z.strictObject({ answer: z.string(), to: z.string() })).default([]),
    }),
  ),
  outcomes: z.array(z.strictObject({ code: z.string(), label: z.string() })),
})

/** The filled script, as an agent's desk shows it. */
export interface Script {
  language: string
  title: string
  customer: string
  phone: string
  blocks: {
    id: string
    title: string
    say: string
    fields: { id: string; label: string; kind: string; options: string[]; golden?: string }[]
    next: { answer: string; to: string }[]
  }[]
  outcomes: { code: string; label: string }[]
}

const skeletons = new WeakMap<TemplateVersion, z.infer<typeof skeletonSchema>>()

function skeletonOf(version: TemplateVersion): z.infer<typeof skeletonSchema> {
  return remember(skeletons, version, () => readSkeleton(version))
}

function readSkeleton(version: TemplateVersion): z.infer<typeof skeletonSchema> {
  const parsed = skeletonSchema.safeParse(JSON.parse(version.files['script.json'] ?? '{}'))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw errors['personalize.template-file']({
      template: version.id,
      file: 'script.json',
      problem: `${issue?.path.join('.')}: ${issue?.message}`,
    })
  }
  return parsed.data
}

export function composeScript(version: TemplateVersion, data: Data): Composed {
  const view = viewOf(version, data)
  const script = fillScript(version, view)
  const bytes = Buffer.from(`${JSON.stringify(script, null, 1)}\n`)
  return {
    state: 'composed',
    bytes,
    mediaType: 'application/json; charset=utf-8',
    extension: 'json',
    sha256: sha256Of(bytes),
    pages: 0,
    segments: 0,
    subject: script.title,
  }
}

function fillScript(version: TemplateVersion, view: View): Script {
  const { blocks, outcomes } = skeletonOf(version)
  const said = (key: string): string => view.t[key] ?? key
  const to = view['to'] as { name: string; phone?: string }
  const shown = blocks.filter(({ when }) => when === undefined || valuesAt(view, when)[0])
  const known = new Set(shown.map(({ id }) => id))
  return {
    language: view.lang,
    title: said('title'),
    customer: to.name,
    phone: to.phone ?? '',
    blocks: shown.map(({ id, title, say, fields, next }) => ({
      id,
      title: said(title),
      say: said(say),
      fields: fields.map(({ options, label, ...field }) => ({
        ...field,
        label: said(label),
        options: options.map(option => said(option.label)),
      })),
      next: openBranches(next, known).map(({ answer, to: block }) => ({ answer: said(answer), to: block })),
    })),
    outcomes: outcomes.map(({ code, label }) => ({ code, label: said(label) })),
  }
}

/** An answer may name several blocks, in order of preference: the first that is shown for this customer is where it leads. */
function openBranches<T extends { answer: string; to: string }>(next: T[], shown: ReadonlySet<string>): T[] {
  const open = next.filter(({ to }) => shown.has(to))
  return open.filter((branch, index) => open.findIndex(({ answer }) => answer === branch.answer) === index)
}

/** The same script as plain text, for print and for `huiyin compose`. */
export function scriptText(script: Script): string {
  const blocks = script.blocks.map(({ title, say, fields, next }) =>
    [
      `== ${title}`,
      say,
      ...fields.map(({ label, options }) => `  [ ] ${label}${options.length > 0 ? `: ${options.join(' / ')}` : ''}`),
      ...next.map(({ answer, to }) => `  → ${answer}: ${script.blocks.find(({ id }) => id === to)?.title ?? to}`),
    ].join('\n'),
  )
  const outcomes = script.outcomes.map(({ code, label }) => `  ${code}: ${label}`)
  return `${script.title}\n${script.customer}  ${script.phone}\n\n${blocks.join('\n\n')}\n\n${outcomes.join('\n')}\n`
}
