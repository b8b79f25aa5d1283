import { type Offer, offersFile } from '../offers/offer.ts'
import { planLimitsSchema } from '../offers/plan-limits.ts'
import { type ContactPolicy, contactPolicySchema } from '../policy/contact-policy.ts'
import { inventedRuns } from './invented-customers.ts'
import type { PlanInputs } from './plan-input.ts'

/** An event of a small company's past, told plainly: the tests judge plans by these alone. */
export interface PastEvent {
  customer: number
  type: string
  channel: string
  /** The day it counts for. */
  day: string
  class?: string
  offer?: string
}

export interface SmallCompany {
  inputs: PlanInputs
  events: PastEvent[]
  customers: number
}

const DAY = 86_400_000
export const dayFrom = (asOf: string, days: number): string =>
  new Date(Date.parse(`${asOf}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

/** A random company: offers, policy, limits and past are drawn by `random`, and often leave little room. */
export function smallCompany(random: () => number, asOf: string, customers: number): SmallCompany {
  const int = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const some = <T>(list: readonly T[], share = 0.6): T[] => {
    const kept = list.filter(() => random() < share)
    return kept.length > 0 ? kept : [list[0]!]
  }
  const maybe = <T>(share: number, make: () => T): T | undefined => (random() < share ? make() : undefined)
  const channels = ['letter', 'email', 'sms', 'call'] as const
  const ids = Array.from({ length: int(2, 5) }, (_, i) => `O${i + 1}`)
  const offers: Offer[] = ids.map(code => {
    const its = some([...channels, 'bill'])
    const max = maybe(0.6, () => int(0, customers / 3))
    return offersFile.parse({
      currency: 'GBP',
      offers: [
        {
          code,
          kind: 'cross-sell',
          name: { 'zh-CN': code, en: code },
          text: { 'zh-CN': code, en: code },
          benefit: { 'zh-CN': code, en: code },
          category: maybe(0.5, () => 'LIGHTING') ?? null,
          channels: its,
          eligibility: { all: random() < 0.5 ? [] : [{ feature: 'frequency', op: '>=', value: int(0, 6) }] },
          margin_minor: int(500, 9000),
          margin_rate: 0.3,
          benefit_cost_minor: int(0, 900),
          prior_acceptance: Object.fromEntries(its.map(c => [c, 0.01 + random() * 0.2])),
          incrementality: 0.5,
          volume: { min: Math.min(int(0, 4), max ?? 4), ...(max === undefined ? {} : { max }) },
        },
      ],
    }).offers[0]!
  })
  const policy: ContactPolicy = contactPolicySchema.parse({
    currency: 'GBP',
    limits: Array.from({ length: int(1, 4) }, () => ({
      channels: some(channels),
      ...(random() < 0.4 ? { kinds: some(['offer', 'service', 'legal'], 0.7) } : {}),
      days: int(1, 90),
      max: int(0, 3),
    })),
    most_offers: int(1, 3),
    quiet_hours: [],
    quiet_periods: maybe(0.4, () => [
      { from: dayFrom(asOf, int(-3, 6)), to: dayFrom(asOf, int(6, 12)), channels: some(channels) },
    ]),
    blackouts: [
      ...(random() < 0.5 ? [{ after: 'contact', days: int(1, 20), channels: some(channels) }] : []),
      ...(random() < 0.5 ? [{ after: 'bounce', days: int(1, 60), channels: ['email'] }] : []),
    ],
    complaints: maybe(0.6, () => ({
      days: int(1, 60),
      while_open: random() < 0.5,
      resolved_by: ['complaint-resolved'],
    })),
    service_first: maybe(0.5, () => ({ days: int(1, 20), after: ['service-request'] })),
    preferred_channel: maybe(0.5, () =>
      random() < 0.5
        ? { mode: 'strict' as const }
        : { mode: 'factor' as const, factor: random(), learned: random() < 0.5 },
    ),
    fatigue: maybe(0.5, () => ({ days: 60, minor: int(1, 30) })),
    control_share: 0.1,
    budget_minor: int(0, 60) * customers,
    channels: {
      letter: {
        consent: 'letter',
        unit_cost_minor: 95,
        capacity: { kind: 'lots', lot_size: int(3, 9), lots: int(0, 4), whole: true },
      },
      email: {
        consent: 'email',
        unit_cost_minor: 1,
        capacity: { kind: 'rate', per_minute: 100, max: int(0, customers), per_day: int(1, customers) },
      },
      sms: { consent: 'sms', unit_cost_minor: 4, capacity: { kind: 'days', per_day: int(0, 9), days: int(1, 5) } },
      call: {
        consent: 'call',
        unit_cost_minor: 350,
        capacity: {
          kind: 'agents',
          teams: [{ name: 'a', agents: 1, hours: 1, minutes_per_call: int(5, 60) }],
          days: int(1, 3),
        },
      },
      bill: { consent: null, unit_cost_minor: 3, capacity: { kind: 'none' } },
    },
  })
  const limits = planLimitsSchema.parse({
    budgets: [
      ...(random() < 0.4 ? [{ offer: ids[0], max_minor: int(0, 800) }] : []),
      ...(random() < 0.4 ? [{ segment: 'LOYAL', max_minor: int(0, 800) }] : []),
    ],
    quotas: [
      ...(random() < 0.5 ? [{ segment: 'LOYAL', max_share: random() }] : []),
      ...(random() < 0.3 ? [{ segment: 'OCCASIONAL', min_share: random() * 0.5 }] : []),
      ...(random() < 0.3 ? [{ offer: ids[1], segment: 'LOYAL', max: int(0, 5) }] : []),
    ],
    exploration: {
      share: random() < 0.4 ? random() * 0.6 : 0,
      thompson: random() < 0.5,
      seed: int(1, 99),
      history_from: 5,
    },
    conflicts: random() < 0.6 ? [{ never: ids.slice(0, 2), days: int(1, 90) }] : [],
    after:
      random() < 0.5
        ? [{ offer: ids.at(-1), needs: ids[0], ...(random() < 0.5 ? { within_days: int(5, 90) } : {}) }]
        : [],
    waves:
      random() < 0.5
        ? [
            { after_days: 0, days: int(1, 3) },
            { after_days: int(1, 40), days: int(1, 3) },
          ]
        : [],
  })
  const types = [
    'sent',
    'sent',
    'sent',
    'sent',
    'complaint',
    'complaint-resolved',
    'service-request',
    'bounce',
    'accepted',
    'called',
  ]
  const events = Array.from({ length: customers * 3 }, (): PastEvent => {
    const type = types[int(0, types.length - 1)]!
    return {
      customer: int(1, customers),
      type,
      channel: type === 'called' ? 'call' : channels[int(0, 3)]!,
      day: dayFrom(asOf, -int(0, 100)),
      class: ['offer', 'offer', 'service', 'legal'][int(0, 3)]!,
      offer: ids[int(0, ids.length - 1)]!,
    }
  })
  const { identity, features, models, segments } = inventedRuns
  return {
    inputs: {
      runs: { identityRun: identity, featuresRun: features, modelsRun: models, segmentsRun: segments },
      asOf,
      offers,
      policy,
      limits,
    },
    events,
    customers,
  }
}
