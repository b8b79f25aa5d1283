import { TOLERATED_BIAS } from '../judge/verdict.ts'
import { adjustedEvidence } from './closed-test.ts'
import { kinds, type SegmentEvidence } from './segment-evidence.ts'

export type Standing = 'held' | 'not-held' | 'unknown'

export interface JudgedEvidence extends SegmentEvidence {
  /** The e-value as a logarithm after all segments and kinds looked at are paid for. */
  adjusted: number
  /** Observed over expected, against the same of all other segments: how far it is this segment's own. */
  against: number | null
  standing: Standing
}

export interface JudgedSegment {
  segment: string
  standing: Standing
  evidence: JudgedEvidence[]
}

/** In one family of tests no segment whose model is right is accused with 95 %, whenever it is looked at. */
const ALARM = Math.log(20)
/** “Held” is said only where a difference by half or more, up or down, is ruled out (95 %): silence is no proof. */
const PRECISE = 1.5

/**
 * A definition has not held where what was said of its customers is off by more than a tenth beyond chance, all tests paid for
 * (`adjustedEvidence`), and off otherwise than of the other segments: where a model is off for everybody, it is the model that has not
 * held. The second condition only takes accusations away, so the first one's guarantee stays.
 */
export function judgeSegments(evidence: readonly SegmentEvidence[]): JudgedSegment[] {
  const adjusted = adjustedEvidence(evidence.map(one => one.evidence))
  const judged = evidence.map((one, i): JudgedEvidence => {
    const others = evidence.filter(other => other.kind === one.kind && other.segment !== one.segment)
    const { against, own } = setAgainst(one, others)
    const accused = adjusted[i]! >= ALARM && own
    const standing = accused ? 'not-held' : adjusted[i]! >= ALARM || isPrecise(one, against) ? 'held' : 'unknown'
    return { ...one, adjusted: adjusted[i]!, against, standing }
  })
  return [...Map.groupBy(judged, one => one.segment)].map(([segment, its]) => ({
    segment,
    standing: its.some(one => one.standing === 'not-held')
      ? 'not-held'
      : its.some(one => one.standing === 'held')
        ? 'held'
        : 'unknown',
    evidence: its.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind)),
  }))
}

/** Of what was said, or of what the other segments do: where all are off alike the definition is not at fault. */
function isPrecise({ expected, observed, variance }: SegmentEvidence, against: number | null): boolean {
  if (!(expected > 0)) return false
  const reach = (1.96 * Math.sqrt(variance)) / expected
  return [observed / expected, against ?? Number.NaN].some(at => at - reach > 1 / PRECISE && at + reach < PRECISE)
}

function setAgainst(
  one: SegmentEvidence,
  others: readonly SegmentEvidence[],
): { against: number | null; own: boolean } {
  const rest = others.reduce(
    (sum, { expected, observed, variance }) => ({
      expected: sum.expected + expected,
      observed: sum.observed + observed,
      variance: sum.variance + variance,
    }),
    { expected: 0, observed: 0, variance: 0 },
  )
  if (!(one.expected > 0) || !(rest.expected > 0)) return { against: null, own: true }
  const difference = one.observed / one.expected - rest.observed / rest.expected
  const error = Math.sqrt(one.variance / one.expected ** 2 + rest.variance / rest.expected ** 2)
  const off = one.observed / one.expected - 1
  const against = rest.observed > 0 ? one.observed / one.expected / (rest.observed / rest.expected) : null
  return {
    against,
    own: Math.sign(difference) === Math.sign(off) && Math.abs(difference) > Math.max(TOLERATED_BIAS, 1.96 * error),
  }
}
