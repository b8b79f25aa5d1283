import { type Random, seededRandom } from '../math/random.ts'
import { upperTail } from '../seven-p/statistics/two-proportions.ts'
import { adjustedEvidence } from './closed-test.ts'
import { evidenceOf, twoSided } from './evidence.ts'
import { addTrials, noTrials, type Trials, trialsOf } from './odds-grid.ts'

/** Campaigns whose truth is known, looked at every day: what the error rates of the daily test are counted on. */
export interface SimulatedHow {
  cells: number
  /** Contacts of a cell. */
  contacts: number
  days: number
  /** True odds over those predicted, by cell; 1 everywhere: an A/A campaign. */
  odds?: (cell: number) => number
  seed: number
}

export interface SimulatedCampaign {
  /** First day on which each cell was accused; null: never. */
  accused: (number | null)[]
  /** First day on which the usual test (|z| > 1.96 of any cell, looked at each day) would have accused anybody. */
  naive: number | null
  /** Cells that the usual test, looked at once when all is over and paid for by the number of cells (Bonferroni), would accuse. */
  once: boolean[]
}

const MEAN_DELAY_DAYS = 4
const ANSWER_DAYS = 30
const ALARM = Math.log(20)

/** Contacts go out over the first ten days, predictions are spread (beta, mean 6 %), answers take days of their own. */
export function simulateCampaign({ cells, contacts, days, odds = () => 1, seed }: SimulatedHow): SimulatedCampaign {
  const random = seededRandom(seed)
  const world = Array.from({ length: cells }, (_, cell) => cellOf(random, contacts, odds(cell)))
  const accused = new Array<number | null>(cells).fill(null)
  let naive: number | null = null
  const logs = new Array<number>(cells).fill(0)
  for (let day = 0; day <= days + ANSWER_DAYS; day++) {
    let moved = false
    for (const [c, cell] of world.entries()) {
      const { soFar, ripe, changed } = advance(cell, day)
      if (changed) {
        logs[c] = twoSided(evidenceOf(soFar, ripe))
        moved = true
      }
      const spread = Math.sqrt(cell.ripeVariance)
      if (naive === null && ripe.expected > 5 && Math.abs(ripe.taken - ripe.expected) > 1.96 * spread) naive = day
    }
    if (!moved) continue
    for (const [c, log] of adjustedEvidence(logs).entries()) if (accused[c] === null && log >= ALARM) accused[c] = day
  }
  const once = world.map(({ ripe, ripeVariance }) => {
    const z = Math.abs(ripe.taken - ripe.expected) / Math.sqrt(ripeVariance)
    return 2 * upperTail(z) * cells < 0.05
  })
  return { accused, naive, once }
}

interface Cell {
  ripeVariance: number
  /** By day: contacts sent, answers come. */
  sent: Trials[]
  sentVariance: number[]
  answers: number[]
  /** Of the contacts sent on that day, all the answers that came in time. */
  ripens: number[]
  soFar: Trials
  ripe: Trials
}

function cellOf(random: Random, contacts: number, odds: number): Cell {
  const sendingDays = 10
  const cell: Cell = {
    ...{ ripeVariance: 0, sent: [], sentVariance: [], answers: [], ripens: [] },
    ...{ soFar: noTrials(), ripe: noTrials() },
  }
  for (let day = 0; day < sendingDays; day++) {
    const n = Math.floor((contacts * (day + 1)) / sendingDays) - Math.floor((contacts * day) / sendingDays)
    const p = Float64Array.from({ length: n }, () => random.beta(3, 47))
    let ripens = 0
    let variance = 0
    for (const said of p) {
      variance += said * (1 - said)
      if (random.uniform() >= (odds * said) / (1 - said + odds * said)) continue
      const delay = Math.min(ANSWER_DAYS - 1, Math.floor(-MEAN_DELAY_DAYS * Math.log(1 - random.uniform())))
      ripens++
      cell.answers[day + delay] = (cell.answers[day + delay] ?? 0) + 1
    }
    cell.sent.push(trialsOf(p, 0))
    cell.sentVariance.push(variance)
    cell.ripens.push(ripens)
  }
  return cell
}

function advance(cell: Cell, day: number): { soFar: Trials; ripe: Trials; changed: boolean } {
  const sent = cell.sent[day]
  const came = cell.answers[day] ?? 0
  if (sent) cell.soFar = addTrials(cell.soFar, sent)
  if (came > 0) cell.soFar = { ...cell.soFar, taken: cell.soFar.taken + came }
  const over = day - ANSWER_DAYS
  const ripened = cell.sent[over]
  if (ripened) {
    cell.ripe = addTrials(cell.ripe, { ...ripened, taken: cell.ripens[over]! })
    cell.ripeVariance += cell.sentVariance[over]!
  }
  return { soFar: cell.soFar, ripe: cell.ripe, changed: sent !== undefined || came > 0 || ripened !== undefined }
}
