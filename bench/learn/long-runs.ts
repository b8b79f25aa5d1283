import { seededRandom } from '../../src/analyze/math/random.ts'
import { adjustedEvidence } from '../../src/analyze/verdicts/closed-test.ts'
import { evidenceOf, twoSided } from '../../src/analyze/verdicts/evidence.ts'
import { addTrials, noTrials, type Trials, trialsOf } from '../../src/analyze/verdicts/odds-grid.ts'

/**
 * The test as it is really used: cells of 20 to 800 contacts, turn after turn, looked at weekly while answers come late; the next turn sends more
 * where more came than was said and nothing more where an alarm was raised; and the same customers are contacted again, some of whom
 * always answer more readily than was said and some less (`alike`: shape of that gamma; infinite: all as was said).
 */
export interface LongRunHow {
  cells: number
  turns: number
  alike: number
  seed: number
}

const LOOKS = 5

/** Whether any cell was accused at any look. All that was said is true on average. */
export function longRun({ cells, turns, alike, seed }: LongRunHow): boolean {
  const random = seededRandom(seed)
  const sizes = Array.from({ length: cells }, () => Math.round(20 * 40 ** random.uniform()))
  const readiness = sizes.map(size =>
    Float64Array.from({ length: 2 * size }, () => (Number.isFinite(alike) ? random.gamma(alike, alike) : 1)),
  )
  const done: Trials[] = sizes.map(noTrials)
  const next = [...sizes]
  for (let turn = 0; turn < turns; turn++) {
    const sent = next.map((size, c) => {
      const p = Float64Array.from({ length: size }, () => random.beta(3, 47))
      const answers = new Array<number>(LOOKS).fill(0)
      for (const [i, said] of p.entries()) {
        if (random.uniform() >= Math.min(1, said * readiness[c]![i]!)) continue
        const look = Math.min(LOOKS - 1, Math.floor(-1.2 * Math.log(1 - random.uniform())))
        answers[look] = answers[look]! + 1
      }
      return { trials: trialsOf(p, 0), answers }
    })
    for (let look = 0; look < LOOKS; look++) {
      const logs = sent.map(({ trials, answers }, c) => {
        const taken = answers.slice(0, look + 1).reduce((a, b) => a + b, 0)
        const soFar = addTrials(done[c]!, { ...trials, taken })
        return twoSided(evidenceOf(soFar, look === LOOKS - 1 ? soFar : done[c]!))
      })
      if (adjustedEvidence(logs).some(log => log >= Math.log(20))) return true
    }
    for (const [c, { trials, answers }] of sent.entries()) {
      done[c] = addTrials(done[c]!, { ...trials, taken: answers.reduce((a, b) => a + b, 0) })
      const { taken, expected } = done[c]
      next[c] = Math.round(sizes[c]! * Math.min(2, Math.max(0.5, (taken + 2) / (expected + 2))))
    }
  }
  return false
}

export function longRuns(worlds: number, how: Omit<LongRunHow, 'seed'>): number {
  let alarms = 0
  for (let seed = 1; seed <= worlds; seed++) if (longRun({ ...how, seed: 7000 + seed })) alarms++
  return alarms
}
