import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { HuiyinError } from '../../../platform/errors.ts'
import type { Text } from '../../../platform/text.ts'
import { checkRule } from '../check-rule.ts'
import { dayNumber } from '../dates.ts'
import type { Domain } from '../domain.ts'
import { segmentErrors } from '../errors.ts'
import { conditionSchema, ruleSchema } from '../rule.ts'
import type { SegmentDefinition } from '../segment-set.ts'
import { serviceSchema } from '../service.ts'
import { JsonProblem, type Path, type ReadJson, readJson } from './json-with-lines.ts'

const bothLanguages = z
  .union([
    z.string().transform((said): Text => ({ en: said, zh: said })),
    z
      .strictObject({ 'zh-CN': z.string(), en: z.string() })
      .transform((text): Text => ({ en: text.en, zh: text['zh-CN'] })),
  ])
  .describe('a text for both languages, or { "en": …, "zh-CN": … }')

/** What the schema finds is said in Chinese too. */
const zhCN = z.locales.zhCN()

const bound = z.number().refine(Number.isFinite)
const day = z.string().refine(written => dayNumber(written) !== undefined, 'not a day: write it as 2010-12-01')
const nullable = z.boolean().default(false)

/** A feature that the catalogue does not have, with the values it can take. */
const domainSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('number'),
      whole: z.boolean().default(false),
      min: bound.optional(),
      max: bound.optional(),
      openMin: z.boolean().optional(),
      openMax: z.boolean().optional(),
      nullable,
    })
    .refine(hasNumbers, 'no number lies within these bounds'),
  z
    .strictObject({ kind: z.literal('date'), min: day.optional(), max: day.optional(), nullable })
    .refine(({ min, max }) => min === undefined || max === undefined || min <= max, 'min lies after max'),
  z.strictObject({ kind: z.literal('choice'), values: z.array(z.string()).min(1).optional(), nullable }),
  z.strictObject({ kind: z.literal('list'), values: z.array(z.string()).min(1).optional() }),
])

function hasNumbers(d: {
  whole: boolean
  min?: number | undefined
  max?: number | undefined
  openMin?: boolean | undefined
  openMax?: boolean | undefined
}): boolean {
  if (d.min === undefined || d.max === undefined) return true
  if (!d.whole) return d.openMin || d.openMax ? d.min < d.max : d.min <= d.max
  const least = d.openMin ? Math.floor(d.min) + 1 : Math.ceil(d.min)
  return least <= (d.openMax ? Math.ceil(d.max) - 1 : Math.floor(d.max))
}

/** A bare list of conditions is a rule in which all must hold. */
const anyRule = z.union([ruleSchema, z.array(conditionSchema).transform(all => ({ all }))])

const segmentSchema = z.strictObject({
  code: z.string().min(1).max(80),
  name: bothLanguages.optional(),
  strategy: bothLanguages.default({ en: '', zh: '' }),
  service: serviceSchema.optional(),
  rule: anyRule,
})

/** The file people write: segments in the order in which they are tried. */
export const rulesFileSchema = z.strictObject({
  ordered: z.boolean().default(true).describe('true: tried in turn, the first that holds takes the customer'),
  features: z.record(z.string().min(1).max(80), domainSchema).default({}),
  segments: z.array(segmentSchema).min(1).max(5000),
})

export interface RulesFile {
  ordered: boolean
  segments: SegmentDefinition[]
  /** Of the catalogue and those the file declares. */
  domains: ReadonlyMap<string, Domain>
  /** Features the file declares itself. */
  declared: string[]
}

/** Reads and checks a rules file; every error names the file, the line and what is wrong there. */
export async function readRulesFile(file: string, catalogue: ReadonlyMap<string, Domain>): Promise<RulesFile> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw segmentErrors['analyze.segments-no-file']({ file, reason: (cause as Error).message }, cause)
  }
  return parseRules(text, file, catalogue)
}

export function parseRules(text: string, file: string, catalogue: ReadonlyMap<string, Domain>): RulesFile {
  let json: ReadJson
  try {
    json = readJson(text)
  } catch (cause) {
    if (!(cause instanceof JsonProblem)) throw cause
    throw segmentErrors['analyze.segments-unreadable']({ file, ...cause.place, reason: cause.what }, cause)
  }
  const refuse = (path: Path, reason: Text, cause?: unknown) =>
    segmentErrors['analyze.segments-unreadable']({ file, ...json.placeOf(path), reason }, cause)
  const bare = Array.isArray(json.value)
  const given = bare ? { segments: json.value } : json.value
  const parsed = rulesFileSchema.safeParse(given)
  if (!parsed.success) {
    const en = deepest(parsed.error.issues)
    const zh = deepest(rulesFileSchema.safeParse(given, { error: zhCN.localeError }).error!.issues)
    const about = en.path.length > 0 ? `${en.path.join('.')}: ` : ''
    const place = bare ? en.path.slice(1) : en.path
    throw refuse(place, { en: about + en.message, zh: about + zh.message }, parsed.error)
  }
  const { ordered, features, segments } = parsed.data
  const domains = new Map([...catalogue, ...(Object.entries(features) as [string, Domain][])])
  const seen = new Map<string, number>()
  const definitions = segments.map((segment, i): SegmentDefinition => {
    const path: Path = bare ? [i, 'code'] : ['segments', i, 'code']
    if (seen.has(segment.code))
      throw refuse(path, {
        en: `segment "${segment.code}" is defined twice`,
        zh: `客户类别“${segment.code}”定义了两次`,
      })
    seen.set(segment.code, i)
    try {
      checkRule(segment.code, segment.rule, domains)
    } catch (cause) {
      if (!(cause instanceof HuiyinError)) throw cause
      const reason = { en: cause.messageIn('en').slice(0, -1), zh: cause.messageIn('zh-CN').slice(0, -1) }
      throw refuse([...path.slice(0, -1), 'rule'], reason, cause)
    }
    const { name = { en: segment.code, zh: segment.code }, service, ...rest } = segment
    return { ...rest, name, ...(service ? { service } : {}) }
  })
  return { ordered, segments: definitions, domains, declared: Object.keys(features) }
}

interface Issue {
  path: PropertyKey[]
  message: string
  code?: string | undefined
  errors?: readonly (readonly Issue[])[]
}

/** Of alternatives that all failed, the one that came furthest tells what was meant. */
function deepest(issues: readonly Issue[]): { path: (string | number)[]; message: string } {
  const [first] = issues
    .map(issue => {
      const own = {
        path: issue.path.map(step => (typeof step === 'number' ? step : String(step))),
        message: issue.message,
      }
      const tried = (issue.errors ?? []).filter(branch => branch.length > 0).map(deepest)
      const inner = tried.sort((a, b) => b.path.length - a.path.length)[0]
      return inner ? { path: [...own.path, ...inner.path], message: inner.message } : own
    })
    .sort((a, b) => b.path.length - a.path.length)
  return first!
}
