import { seededRandom } from '../../src/analyze/math/random.ts'
import { judgeSegments } from '../../src/analyze/verdicts/judge-segments.ts'
import { addTrials, noTrials, type Trials, trialsOf } from '../../src/analyze/verdicts/odds-grid.ts'
import { ofResponse } from '../../src/analyze/verdicts/segment-evidence.ts'
import { simulateCampaign } from '../../src/analyze/verdicts/simulate-campaigns.ts'

/** Campaigns in which everything said is true: how many raise an alarm on any day, and how many the usual test would. */
export function aaCampaigns(campaigns: number, cells = 40, contacts = 400): { alarms: number; naive: number } {
  let [alarms, naive] = [0, 0]
  for (let seed = 1; seed <= campaigns; seed++) {
    const found = simulateCampaign({ cells, contacts, days: 10, seed })
    if (found.accused.some(day => day !== null)) alarms++
    if (found.naive !== null) naive++
  }
  return { alarms, naive }
}

export interface Power {
  odds: number
  found: number
  of: number
  /** By a test looked at once when all is over, paid for by the same forty cells: what looking daily costs. */
  once: number
  meanDay: number
}

/** One cell of forty, of 1,000 contacts at 6 %, answers otherwise: how often and how soon it is found. */
export function power(campaigns: number, factors = [0.33, 0.5, 1.5, 2, 3]): Power[] {
  return factors.map(odds => {
    const days: number[] = []
    let once = 0
    for (let seed = 1; seed <= campaigns; seed++) {
      const { accused, once: at } = simulateCampaign({
        ...{ cells: 40, contacts: 1000, days: 10, seed: 10_000 + seed },
        odds: cell => (cell === 3 ? odds : 1),
      })
      if (accused[3] != null) days.push(accused[3])
      if (at[3]) once++
    }
    return {
      ...{ odds, found: days.length, of: campaigns, once },
      meanDay: days.length > 0 ? days.reduce((a, b) => a + b, 0) / days.length : Number.NaN,
    }
  })
}

export interface Accusations {
  /** Worlds in which the segment was accused after three turns at the latest. */
  found: number
  /** Worlds in which another was, at any time. */
  others: number
}

/** Twelve segments of 1,000 contacts a turn; the customers of one answer with twice (or half) the odds predicted. */
export function falseAccusations(worlds: number, segments = 12, contacts = 1000): Accusations {
  let [found, others] = [0, 0]
  for (let seed = 1; seed <= worlds; seed++) {
    const random = seededRandom(50_000 + seed)
    const wrong = seed % segments
    const odds = seed % 2 === 0 ? 2 : 0.5
    const sums: Trials[] = Array.from({ length: segments }, noTrials)
    let [hit, miss] = [false, false]
    for (let turn = 0; turn < 3; turn++) {
      for (let segment = 0; segment < segments; segment++) {
        const p = Float64Array.from({ length: contacts }, () => random.beta(3, 47))
        const truth = segment === wrong ? odds : 1
        const taken = p.reduce(
          (n, said) => n + (random.uniform() < (truth * said) / (1 - said + truth * said) ? 1 : 0),
          0,
        )
        sums[segment] = addTrials(sums[segment]!, trialsOf(p, taken))
      }
      const cells = sums.map((ripe, segment) => ({
        ...{ turn: '', segment: String(segment), offer: '', channel: '', planned: ripe.trials, soFar: ripe, ripe },
      }))
      for (const { segment, standing } of judgeSegments(ofResponse(cells, '2010-01-01', () => [{ asOf: '' }])))
        if (standing === 'not-held') {
          if (Number(segment) === wrong) hit = true
          else miss = true
        }
    }
    if (hit) found++
    if (miss) others++
  }
  return { found, others }
}
