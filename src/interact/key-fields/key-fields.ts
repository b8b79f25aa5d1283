/** What to ask first: of what is missing, the few answers that would tell most, each with the reason. */
import { definitions, needsInForce, type Rule, ruleFeaturesOf } from '../../analyze/index.ts'
import { offers } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { Happened } from '../desk/lately.ts'
import { profileAnswers } from '../tasks/known-answers.ts'
import { type Askable, askableFields } from './askable.ts'
import { expectedGain, type Features, type Gain, type RuleSet } from './expected-gain.ts'
import { type Joint, jointCounts } from './joint-counts.ts'

/** A customer has not rung to be questioned. */
const MOST = 3
/** Below it an answer changes nothing that anybody would notice. */
const LEAST_BITS = 0.01
/** Who did not want to answer is left in peace for a year. */
const PEACE_MS = 365 * 86_400_000

export interface KeyField {
  field: Askable
  bits: number
  gain: Gain
  why: Text
}

interface Runs {
  features: number
  models: number
  segments: number
}

export async function keyFieldsOf(app: App, id: number, happened: readonly Happened[]): Promise<KeyField[]> {
  const { features, models, segments } = await app.runs.latestOf(['features', 'models', 'segments'])
  if (features === null || models === null || segments === null) return []
  const runs = { features, models, segments }
  const [{ fields, joints, rules }, known] = await Promise.all([learnt(app, runs), profileAnswers(app, id)])
  const missing = fields.filter(field => !known[writtenTo(field)] && !declined(field, happened))
  if (missing.length === 0) return []
  const own = await featuresOf(app, runs, id, rules)
  if (!own) return []
  return missing
    .filter(field => own.person || !field.personsOnly)
    .flatMap(field => {
      const gain = expectedGain(field, joints, own.segment, own.features, rules)
      const bits = gain ? Object.values(gain).reduce((sum: number, part: number) => sum + part, 0) : 0
      return gain && bits >= LEAST_BITS ? [{ field, bits, gain, why: whyOf(gain) }] : []
    })
    .sort((a, b) => b.bits - a.bits)
    .slice(0, MOST)
}

export const writtenTo = ({ writes }: Askable): string => ('golden' in writes ? writes.golden : writes.attribute)

/** The script's answer `key.<field>` says that the customer would not tell. */
const declined = (field: Askable, happened: readonly Happened[]): boolean =>
  happened.some(
    ({ type, at, payload }) =>
      type === 'called' &&
      Date.now() - Date.parse(at) < PEACE_MS &&
      (payload['answers'] as Record<string, string> | undefined)?.[`key.${writtenTo(field)}`] === 'declined',
  )

const REASONS: Record<keyof Gain, Text> = {
  segment: { en: 'decides which segment the customer is in', zh: '决定客户所属类别' },
  need: { en: 'tells what the customer needs now', zh: '可判断客户当前的需求' },
  offer: { en: 'decides which offers fit', zh: '决定哪些优惠适用' },
  value: { en: 'tells how much the customer may come to buy', zh: '可判断客户的价值潜力' },
  leaving: { en: 'tells whether the customer may leave', zh: '可判断客户是否会流失' },
}

/** What most of the gain is about, and the second where it is near. */
function whyOf(gain: Gain): Text {
  const parts = (Object.entries(gain) as [keyof Gain, number][])
    .filter(([, bits]) => bits > 0)
    .sort((a, b) => b[1] - a[1])
  const named = parts.filter(([, bits]) => bits >= (parts[0]?.[1] ?? 0) / 2).slice(0, 2)
  return {
    en: named.map(([part]) => REASONS[part].en).join('; '),
    zh: named.map(([part]) => REASONS[part].zh).join('；'),
  }
}

interface Learnt {
  fields: Askable[]
  joints: ReadonlyMap<string, Joint>
  rules: RuleSet
}

const kept = new WeakMap<App['workflow'], { key: string; at: number; learnt: Promise<Learnt> }>()
/** Rules may be changed between turns; what was counted holds for the run. */
const KEPT_MS = 5 * 60_000

function learnt(app: App, runs: Runs): Promise<Learnt> {
  const key = `${runs.features} ${runs.models} ${runs.segments}`
  const before = kept.get(app.workflow)
  if (before?.key === key && Date.now() - before.at < KEPT_MS) return before.learnt
  const work = learn(app, runs)
  kept.set(app.workflow, { key, at: Date.now(), learnt: work })
  work.catch(() => kept.delete(app.workflow))
  return work
}

async function learn(app: App, runs: Runs): Promise<Learnt> {
  const fields = await askableFields(app)
  const turn = await app.runs.turnOf(runs.segments)
  const [joints, segments, needs, known] = await Promise.all([
    jointCounts(app, runs, fields),
    definitions(app, turn.asOf),
    needsInForce(app, turn.asOf),
    offers(app).catch(() => []),
  ])
  return {
    fields,
    joints,
    rules: {
      segments,
      needs,
      offers: known.map(({ id, rule }) => ({ code: id, rule })),
    },
  }
}

/** The customer's own values of everything that the rules speak of. */
async function featuresOf(
  app: App,
  { features, models, segments }: Runs,
  id: number,
  rules: RuleSet,
): Promise<{ segment: string; person: boolean; features: Features } | null> {
  const catalogue = await ruleFeaturesOf(app)
  const spoken = new Set([...rules.segments, ...rules.needs, ...rules.offers].flatMap(({ rule }) => featuresIn(rule)))
  const columns = [...spoken].flatMap(name => {
    const feature = catalogue.get(name)
    return feature ? [`${feature.sql} AS its_${name}`] : []
  })
  const rows = await app.facts.query<Record<string, number | string | string[] | null>>(
    `SELECT toString(m.segment) AS its_segment, toString(f.kind) AS its_own_kind ${columns.map(column => `, ${column}`).join('')}
     FROM (SELECT * FROM features WHERE run_id = {features:UInt64} AND customer_id = {id:UInt64}) AS f
     INNER JOIN (SELECT * FROM scores WHERE run_id = {models:UInt64} AND customer_id = {id:UInt64}) AS s ON s.customer_id = f.customer_id
     INNER JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {segments:UInt64} AND customer_id = {id:UInt64}) AS m
       ON m.customer_id = f.customer_id`,
    { features, models, segments, id },
  )
  const [row] = rows
  return row
    ? {
        segment: String(row['its_segment']),
        person: row['its_own_kind'] === 'person',
        features: name => row[`its_${name}`] ?? null,
      }
    : null
}

const featuresIn = (rule: Rule): string[] =>
  ('any' in rule ? rule.any : [rule]).flatMap(part => part.all.map(condition => condition.feature))
