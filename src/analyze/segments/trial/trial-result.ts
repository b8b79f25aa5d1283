import type { Text } from '../../../platform/text.ts'
import type { Capacity } from './capacity.ts'

/** What a trial found: everything the page shows, so that it can be looked at again later. */
export interface TrialResult {
  asOf: string
  customers: number
  /** Each segment on each date, the newest last. */
  dates: TrialDate[]
  /** Dates that could not be looked at, and why. */
  skipped: { asOf: string; why: Text }[]
  segments: TrialSegment[]
  /** Against the segments that hold today, of the same customers: from those to these. */
  change: Flow[]
  /** Where customers of the first date are on the newest one. */
  overTheYear: Flow[]
  /** From one date to the next. */
  periods: TrialPeriod[]
  capacity: {
    team: Capacity
    minutesHad: number
    minutesNeeded: number
    agentsNeeded: number
    offersNeeded: number
    fits: boolean
  }
}

export interface TrialDate {
  asOf: string
  /** By code; '' is nobody's. */
  sizes: Record<string, number>
}

export interface TrialSegment {
  code: string
  name: Text
  customers: number
  before: number
  /** Of the newest date: means over the segment, and its value together. */
  valueMinor: number
  valueTotalMinor: number
  revenueMinor: number
  churn: number
  /** Mean share of those who stay from one date to the next; null: never anybody. */
  stays: number | null
  least: number | null
  /** A month: what its strategy asks for. */
  calls: number
  minutes: number
  agents: number
  offers: number
}

export interface Flow {
  from: string
  to: string
  customers: number
}

export interface TrialPeriod {
  from: string
  to: string
  customers: number
  /** Share that is in the same segment on both dates. */
  stays: number
  /** Population stability index, and what sampling alone would give. */
  psi: number
  psiExpected: number
}
