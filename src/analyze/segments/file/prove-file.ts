import { type Proof, proveSegments } from '../prove.ts'
import { alternatives } from '../rule.ts'
import type { RulesFile } from './rules-file.ts'

export interface FileProof extends Proof {
  rules: number
  /** Features the rules ask for. */
  attributes: number
  seconds: number
}

export function proveFile({ segments, domains, ordered }: RulesFile): FileProof {
  const started = performance.now()
  const proof = proveSegments(segments, domains, ordered)
  const asked = new Set(segments.flatMap(({ rule }) => alternatives(rule).flatMap(all => all.map(c => c.feature))))
  return { ...proof, rules: segments.length, attributes: asked.size, seconds: (performance.now() - started) / 1000 }
}

/** 0 proven · 1 refuted, with the customer who shows it · 3 not decided in time. Bad input is 2. */
export function exitOf({ exclusive, complete }: Proof): number {
  if (exclusive === 'refuted' || complete === 'refuted') return 1
  return exclusive === 'proven' && complete === 'proven' ? 0 : 3
}
