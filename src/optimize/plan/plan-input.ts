import { segmentNames } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Params } from '../../platform/stores/facts/index.ts'
import type { Text } from '../../platform/text.ts'
import { controlParams } from '../control-group.ts'
import type { Offer } from '../offers/offer.ts'
import type { PlanLimits } from '../offers/plan-limits.ts'
import { type Acceptance, type Answers, acceptanceOf, readAnswers } from '../options/acceptance.ts'
import { type Axes, axesOf, coordinatesOf } from '../options/axes.ts'
import { type Closings, closingsOf } from '../options/closings.ts'
import type { Owed } from '../options/history-sql.ts'
import { type OfferRules, offerRules } from '../options/offer-history.ts'
import { makeOptions, type OptionColumns, type OptionRules } from '../options/options.ts'
import { readStanding, type Standing } from '../options/standing.ts'
import { meanLikings, type Worth, worthOf } from '../options/worth.ts'
import type { ChannelId, ContactPolicy } from '../policy/contact-policy.ts'
import { type Calibration, factorTables } from '../shrinkage/calibration.ts'
import { type Limit, type LimitInputs, limitsOf, neededCodes } from './limits.ts'

/** All that a plan is made from: the same inputs give the same plan. */
export interface PlanInputs {
  runs: { identityRun: number; featuresRun: number; modelsRun: number; segmentsRun: number }
  asOf: string
  offers: Offer[]
  policy: ContactPolicy
  limits: PlanLimits
  /** Of the contact history only what was recorded by then counts (an instant); absent: all. */
  knownAt?: string
  /** What earlier plans still owe: their contacts count as made. */
  promised?: Owed[]
  /** Run of the legal mail planned before the offers. */
  noticesRun?: number
  /** Legal mail by channel: it takes of the channels' capacity first. */
  noticesBy?: Partial<Record<ChannelId, number>>
  /** What the promises of earlier plans taught; absent: nothing, or plans are not to use it. */
  calibration?: Calibration
}

/** A plan's problem, as far as it depends on customers kept in memory, so that it can be solved again with other limits. */
export interface PlanInput {
  inputs: PlanInputs
  axes: Axes
  standing: Standing
  answers: Answers[]
  acceptance: Acceptance
  meanLiking: number[]
  closings: Closings
  rules: OfferRules
  worth: Worth
  options: OptionColumns
  limits: Limit[]
  segmentNames: ReadonlyMap<string, Text>
}

export const runParams = ({ runs, asOf, policy, knownAt, noticesRun }: PlanInputs): Params => ({
  ...runs,
  asOf,
  ...controlParams(asOf, policy.control_share),
  ...(knownAt === undefined ? {} : { knownAt }),
  ...(noticesRun === undefined ? {} : { noticesRun }),
})

/** What the standing of customers depends on beside the parameters. */
export const standingHow = ({ promised, calibration }: PlanInputs) => ({
  ...(promised === undefined ? {} : { promised }),
  ...(calibration === undefined ? {} : { calibrated: calibration.segments.map(one => one.segment) }),
})

export const limitInputs = (p: Pick<PlanInput, 'inputs' | 'axes' | 'acceptance' | 'segmentNames'>): LimitInputs => ({
  offers: p.inputs.offers,
  policy: p.inputs.policy,
  limits: p.inputs.limits,
  taken: p.inputs.noticesBy ?? {},
  axes: p.axes,
  acceptance: p.acceptance,
  segmentNames: p.segmentNames,
})

/**
 * Customers' standing from the engine, options in memory, limits with their names. With `from`, an earlier input, only what the
 * change of inputs calls for is made again (see `rebuildNeeded`).
 */
export async function buildPlanInput(
  app: App,
  inputs: PlanInputs,
  how: { from?: PlanInput; progress?: (done: number, total: number) => void } = {},
): Promise<PlanInput> {
  const { from } = how
  const change = from ? rebuildNeeded(from.inputs, inputs) : 'read'
  const axes = axesOf(inputs.offers, inputs.policy, inputs.limits)
  const rules = offerRules(axes.offers, inputs.limits)
  let standing: Standing
  let answers: Answers[]
  let names: ReadonlyMap<string, Text>
  if (from && change !== 'read') {
    standing = from.standing
    answers = from.answers
    names = from.segmentNames
  } else {
    ;[standing, answers] = await Promise.all([
      readStanding(
        app.facts,
        inputs.offers,
        inputs.policy,
        axes,
        rules,
        runParams(inputs),
        standingHow(inputs),
        how.progress,
      ),
      readAnswers(app.facts, inputs.asOf, inputs.runs.identityRun, inputs.knownAt),
    ])
    names = await segmentNames(app)
  }
  const made = fromStanding(inputs, axes, rules, standing, answers, names)
  if (from && change === 'nothing') return { ...made, options: from.options }
  return { ...made, options: makeOptions(standing, optionRules(made)) }
}

/** Everything about a plan's options that follows from the standing of its customers. */
export function fromStanding(
  inputs: PlanInputs,
  axes: Axes,
  rules: OfferRules,
  standing: Standing,
  answers: Answers[],
  names: ReadonlyMap<string, Text>,
  knownLiking?: number[],
): Omit<PlanInput, 'options'> {
  const { offers, policy, limits, asOf } = inputs
  const acceptance = acceptanceOf(offers, axes.channels, answers, limits, asOf)
  const meanLiking = knownLiking ?? meanLikings(standing, offers, policy, axes, acceptance)
  const learned = inputs.calibration && factorTables(inputs.calibration, offers, axes.channels, acceptance.mean)
  const made = {
    inputs,
    axes,
    standing,
    answers,
    acceptance,
    meanLiking,
    closings: closingsOf(policy, axes.channels, axes.waves, asOf),
    rules,
    worth: worthOf(standing, offers, policy, axes, acceptance, meanLiking, learned),
    segmentNames: names,
  }
  return { ...made, limits: limitsOf(limitInputs(made)) }
}

export const optionRules = (p: Omit<PlanInput, 'options'>): OptionRules => ({
  policy: p.inputs.policy,
  axes: p.axes,
  rules: p.rules,
  closings: p.closings,
  worth: p.worth,
  acceptance: p.acceptance,
  needed: neededCodes(limitInputs(p)),
})

/**
 * What a change of inputs calls for. `nothing`: numbers of limits alone changed, the same options are solved again from the old
 * prices. `options`: values, costs or how often (not over which days) contacts are allowed: made anew in memory. `read`: the
 * engine is asked again.
 */
export function rebuildNeeded(before: PlanInputs, after: PlanInputs): 'nothing' | 'options' | 'read' {
  const same = (pick: (inputs: PlanInputs) => unknown) => JSON.stringify(pick(before)) === JSON.stringify(pick(after))
  if (!same(readFrom)) return 'read'
  return same(madeFrom) ? 'nothing' : 'options'
}

const channelsWith = (policy: ContactPolicy, pick: (channel: ContactPolicy['channels'][ChannelId]) => unknown) =>
  Object.entries(policy.channels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, channel]) => [id, pick(channel)])

/** What the engine's answer depends on. */
const readFrom = ({ runs, asOf, knownAt, promised, noticesRun, calibration, offers, policy, limits }: PlanInputs) => [
  calibration,
  runs,
  asOf,
  knownAt,
  promised,
  noticesRun,
  offers.map(o => [o.id, o.rule, o.category]),
  policy.limits.map(l => [l.channels, l.kinds, l.days]),
  policy.blackouts,
  policy.complaints,
  policy.service_first,
  policy.fatigue?.days,
  policy.preferred_channel?.mode === 'factor' && policy.preferred_channel.learned === true,
  policy.control_share,
  channelsWith(policy, c => [c?.consent, c?.requires]),
  [...limits.budgets, ...limits.quotas].map(l => l.segment),
  limits.conflicts,
  limits.after,
  limits.waves,
]

/** What the options depend on besides. Which minimums there are counts (they keep options worth nothing), not how high they are. */
const madeFrom = ({ offers, policy, limits }: PlanInputs) => [
  offers.map(({ minimum, maximum: _, name: __, text: ___, benefit: ____, ...o }) => [o, minimum > 0]),
  policy.limits.map(l => l.max),
  policy.quiet_periods,
  policy.preferred_channel,
  policy.fatigue,
  policy.most_offers,
  channelsWith(policy, c => c?.unit_cost_minor),
  limits.quotas.map(q => [q.offer, q.segment, (q.min ?? 0) > 0, (q.min_share ?? 0) > 0]),
  { ...limits.exploration, share: limits.exploration.share > 0 },
]

/** What each code stands for. A bundle has its parts, and the first of them as offer and channel. */
export function codesOf(p: PlanInput): {
  offer: string
  channel: ChannelId
  wave: number
  segment: string
  cost: number
  history: number
  parts?: number[]
}[] {
  const single = Array.from({ length: p.axes.codes }, (_, code) => {
    const at = coordinatesOf(p.axes, code)
    const channel = p.axes.channels[at.channel]!
    return {
      offer: p.axes.offers[at.offer]!,
      channel,
      wave: at.wave + 1,
      segment: at.segment === 0 ? '' : p.axes.segments[at.segment - 1]!,
      cost: p.inputs.policy.channels[channel]!.unit_cost_minor,
      history: p.acceptance.history[at.offer * p.axes.channels.length + at.channel]!,
    }
  })
  return [
    ...single,
    ...p.options.bundles.map(parts => ({
      ...single[parts[0]!]!,
      cost: parts.reduce((sum, part) => sum + single[part]!.cost, 0),
      parts,
    })),
  ]
}
