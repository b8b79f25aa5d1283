import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import { ruleFeatures } from '../features/catalogue.ts'
import { checkRule } from './check-rule.ts'
import { segmentErrors } from './errors.ts'
import { type Rule, ruleSchema } from './rule.ts'

export interface SegmentDefinition {
  code: string
  name: Text
  strategy: Text
  rule: Rule
}

const bothLanguages = z
  .object({ 'zh-CN': z.string(), en: z.string() })
  .transform((text): Text => ({ en: text.en, zh: text['zh-CN'] }))

/** The file people write: segments in the order in which they are tried. */
const fileSchema = z.strictObject({
  segments: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,39}$/),
        name: bothLanguages,
        strategy: bothLanguages.default({ en: '', zh: '' }),
        rule: ruleSchema,
      }),
    )
    .min(1)
    .max(1000),
})

/** Reads and checks a segments file; every error names the file and the place in it. */
export async function readSegmentsFile(file: string): Promise<SegmentDefinition[]> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw segmentErrors['analyze.segments-unreadable']({ file, reason: (cause as Error).message }, cause)
  }
  const parsed = fileSchema.safeParse(json)
  if (!parsed.success) {
    const reason = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    throw segmentErrors['analyze.segments-unreadable']({ file, reason })
  }
  checkDefinitions(parsed.data.segments, file)
  return parsed.data.segments
}

/** Refuses rules that cannot be, and two segments of one code or name. */
export function checkDefinitions(segments: readonly SegmentDefinition[], file: string): void {
  const seen = new Set<string>()
  for (const { code, name, rule } of segments) {
    for (const word of new Set([code, name.en])) {
      if (seen.has(word)) throw segmentErrors['analyze.segments-twice']({ segment: word, file })
      seen.add(word)
    }
    checkRule(code, rule, ruleDomains)
  }
}

export const ruleDomains = new Map([...ruleFeatures].map(([id, feature]) => [id, feature.domain]))

/** Puts the definitions in the place of those that were. */
export async function saveDefinitions(app: App, definitions: readonly SegmentDefinition[]): Promise<void> {
  await app.workflow.transaction(async tx => {
    await tx.deleteFrom('segment_definitions').execute()
    await tx
      .insertInto('segment_definitions')
      .values(
        definitions.map(({ code, name, strategy, rule }, position) => ({
          code,
          position,
          name: asJson(name),
          strategy: asJson(strategy),
          rule: asJson(rule),
        })),
      )
      .execute()
  })
}

export const definitions = (app: App): Promise<SegmentDefinition[]> =>
  app.workflow.db
    .selectFrom('segment_definitions')
    .select(['code', 'name', 'strategy', 'rule'])
    .orderBy('position')
    .execute()
