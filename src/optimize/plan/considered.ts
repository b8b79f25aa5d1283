import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { planLimitsOf } from '../offers/plan-limits.ts'
import { axesOf, codeAt } from '../options/axes.ts'
import { offerRules } from '../options/offer-history.ts'
import { makeOptions, noOptionReasons, offerState } from '../options/options.ts'
import { standingOf } from '../options/standing.ts'
import type { ChannelId } from '../policy/contact-policy.ts'
import type { PlanBasis } from '../workflow-tables.ts'
import { usesOfCodes } from './limits.ts'
import { fromStanding, limitInputs, optionRules, type PlanInputs, runParams, standingHow } from './plan-input.ts'

/** One customer's options as the plan saw them, best at its prices first, and what shut each other one out. */
export interface Considered {
  /** Whether the customer was one of the plan's. */
  known: boolean
  options: {
    offer: string
    name: Text
    channel: ChannelId
    wave: number
    valueMinor: number
    reducedMinor: number
    acceptance: number
    basis: 'prior' | 'history'
    /** Limits whose price it pays, dearest first. */
    takenBy: Text[]
  }[]
  shut: { offer: string; name: Text; channel: ChannelId; wave: number; rule: string; why: Text }[]
  /** Why there is no option, when there is none. */
  reason: (typeof noOptionReasons)[number]
}

export const moneyIn = (currency: string, minor: number): string => `${currency} ${(minor / 100).toFixed(2)}`

interface KeptPlan {
  as_of: string
  made_at: Date
  basis: PlanBasis
  prices: Record<string, number>
}

export async function consideredFor(app: Pick<App, 'facts'>, plan: KeptPlan, customer: number): Promise<Considered> {
  const { offers, policy, runs, meanLiking, limits = planLimitsOf(policy), answers = [] } = plan.basis
  const inputs: PlanInputs = {
    runs,
    asOf: plan.as_of,
    offers,
    policy,
    limits,
    knownAt: plan.made_at.toISOString(),
    ...plan.basis.first,
  }
  const axes = axesOf(offers, policy, limits)
  const rules = offerRules(axes.offers, limits)
  const standing = await standingOf(
    app.facts,
    offers,
    policy,
    axes,
    rules,
    runParams(inputs),
    customer,
    standingHow(inputs),
  )
  const made = fromStanding(inputs, axes, rules, standing, answers, new Map(), meanLiking)
  // For the control group too the reasons are wanted: here everybody counts as planned for.
  standing.control.fill(0)
  const found = makeOptions(standing, optionRules(made))
  const reason = noOptionReasons.find(r => found.without[r] > 0) ?? 'not-worth-it'
  if (standing.customers === 0) return { known: false, options: [], shut: [], reason }

  const { useStart, useResource, useAmount } = usesOfCodes(limitInputs(made))
  const options: Considered['options'] = []
  const shut: Considered['shut'] = []
  const at = new Map(Array.from(found.code, (code, j) => [code, j]))
  for (const [o, offer] of offers.entries()) {
    const state = offerState(standing, rules, 0, o)
    for (const [k, channel] of axes.channels.entries()) {
      if (made.acceptance.mean[o * axes.channels.length + k] === 0) continue
      for (const w of axes.waves.keys()) {
        if (channel === 'bill' && w > 0) continue
        const place = { offer: offer.id, name: offer.name, channel, wave: w + 1 }
        if (state > 0) {
          shut.push({ ...place, ...(state === 1 ? notForThem : ruledOut(made.rules, standing, o, offers)) })
          continue
        }
        const closed = made.closings.of(standing, 0, k, w)
        if (closed > 0) {
          const { id, name } = made.closings.all[closed - 1]!
          shut.push({ ...place, rule: id, why: name })
          continue
        }
        const code = codeAt(axes, o, k, w, standing.segment[0]!)
        const j = at.get(code)
        const valueMinor = j === undefined ? made.worth.value(0, o, k) : found.value[j]!
        if (j === undefined) {
          shut.push({ ...place, rule: 'not-worth-it', why: worthless(moneyIn(policy.currency, valueMinor)) })
          continue
        }
        const prices: { name: Text; price: number }[] = []
        for (let e = useStart[code]!; e < useStart[code + 1]!; e++) {
          const limit = made.limits[useResource[e]!]!
          prices.push({ name: limit.name, price: (plan.prices[limit.id] ?? 0) * useAmount[e]! })
        }
        options.push({
          ...place,
          valueMinor,
          reducedMinor: valueMinor - prices.reduce((sum, p) => sum + p.price, 0),
          acceptance: found.acceptance[j]!,
          basis: made.acceptance.history[o * axes.channels.length + k] === 1 ? 'history' : 'prior',
          takenBy: prices
            .filter(p => p.price > 0.005)
            .sort((a, b) => b.price - a.price)
            .map(p => p.name),
        })
      }
    }
  }
  options.sort((a, b) => b.reducedMinor - a.reducedMinor)
  return { known: true, options, shut, reason }
}

const notForThem = { rule: 'no-offer-fits', why: { en: 'Not meant for this customer', zh: '不适用于该客户' } }

const worthless = (value: string): Text => ({
  en: `A contact would cost more than it brings (${value})`,
  zh: `联系成本高于预期收益（${value}）`,
})

function ruledOut(
  { barred, needed }: ReturnType<typeof offerRules>,
  standing: Awaited<ReturnType<typeof standingOf>>,
  o: number,
  offers: readonly { id: string; name: Text }[],
): { rule: string; why: Text } {
  const nameOf = (id: string): Text => offers.find(one => one.id === id)?.name ?? { en: id, zh: id }
  const holds = (fact: number) => (standing.seen[fact >> 5]![0]! & (1 << (fact & 31))) !== 0
  const bar = barred[o]!.find(b => holds(b.fact))
  if (bar)
    return {
      rule: `conflict:${bar.with}`,
      why: {
        en: `Never with “${nameOf(bar.with).en}”, sent shortly before`,
        zh: `不与近期发送的“${nameOf(bar.with).zh}”同时提供`,
      },
    }
  const missing = needed[o]!.find(n => !holds(n.fact))
  const first = nameOf(missing?.needs ?? '')
  return {
    rule: `after:${missing?.needs ?? ''}`,
    why: { en: `Only after “${first.en}” was accepted`, zh: `须先接受“${first.zh}”` },
  }
}
