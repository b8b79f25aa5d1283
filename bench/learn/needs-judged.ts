import { seededRandom } from '../../src/analyze/math/random.ts'
import { judgeNeeds, type ToldNeed } from '../../src/analyze/verdicts/need-outcomes.ts'

export interface NeedsJudged {
  /** Companies in which a need no better and no worse than chance was ever called right, or wrong. */
  right: number
  wrong: number
  /** In which the one that truly sells `times` as often was found. */
  found: number
  of: number
}

const [NEEDS, QUARTERS, PROPOSED, REST] = [20, 8, 150, 1000]

/** Twenty needs in two segments, 300 proposals each a quarter, looked at after each of eight quarters; one of them sells `times` as often as chance. */
export function needsJudged(companies: number, times: number): NeedsJudged {
  const sum: NeedsJudged = { right: 0, wrong: 0, found: 0, of: companies }
  for (let seed = 1; seed <= companies; seed++) {
    const random = seededRandom(30_000 + seed)
    const taken = (n: number, p: number): number => {
      let took = 0
      for (let i = 0; i < n; i++) if (random.uniform() < p) took++
      return took
    }
    const told: ToldNeed[] = []
    const ever = { held: false, 'not-held': false, unknown: false, found: false }
    for (let quarter = 0; quarter < QUARTERS; quarter++) {
      for (let need = 0; need < NEEDS; need++) {
        const strata = [0.03, 0.08].map(p => ({
          ...{ proposed: PROPOSED, took: taken(PROPOSED, p * (need === 0 ? times : 1)) },
          ...{ rest: REST, restTook: taken(REST, p) },
        }))
        told.push({ rule: `N${need}@1`, asOf: `20${10 + quarter}-01-01`, strata })
      }
      for (const { code, standing } of judgeNeeds(told))
        if (code !== 'N0' || times === 1) ever[standing] = true
        else if (standing === (times > 1 ? 'held' : 'not-held')) ever.found = true
    }
    if (ever.held) sum.right++
    if (ever['not-held']) sum.wrong++
    if (ever.found) sum.found++
  }
  return sum
}
