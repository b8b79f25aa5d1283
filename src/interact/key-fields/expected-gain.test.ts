import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Askable } from './askable.ts'
import { expectedGain } from './expected-gain.ts'
import { entropy, mutualInformation } from './information.ts'
import { type Joint, RISKS, VALUES } from './joint-counts.ts'

test('entropy and mutual information in bits, less what chance lets expect', () => {
  assert.equal(entropy([1, 1]), 1)
  assert.equal(entropy([5]), 0)
  assert.equal(entropy([]), 0)
  // One decides the other: one bit, less (2-1)(2-1)/(2·2000·ln 2).
  assert.ok(Math.abs(mutualInformation([1000, 0, 0, 1000], 2) - (1 - 1 / (4000 * Math.LN2))) < 1e-12)
  assert.equal(mutualInformation([50, 50, 50, 50], 2), 0)
  // Small independent samples look dependent by chance: the correction takes that away.
  assert.equal(mutualInformation([6, 4, 5, 5], 2), 0)
})

const field: Askable = {
  feature: 'life_event',
  name: { en: '', zh: '' },
  question: { en: '', zh: '' },
  writes: { attribute: 'life_event' },
  kind: 'choice',
  options: [],
  group: { sql: '', middle: group => group },
}

/** 'none' three times as often as 'moved'; whoever moved buys most and leaves least when `telling`. */
function joint(known: number, telling: boolean): Joint {
  const groups = ['none', 'moved']
  const value = new Float64Array(2 * VALUES)
  const risk = new Float64Array(2 * RISKS)
  const share = [0.75 * known, 0.25 * known]
  for (const at of [0, 1])
    for (let i = 1; i <= 2; i++) {
      const level = telling ? (at === 1 ? 5 : 1) : i
      value[at * VALUES + level]! += share[at]! / 2
      risk[at * RISKS + (telling ? (at === 1 ? 0 : 2) : i - 1)]! += share[at]! / 2
    }
  return { groups, value, risk, known }
}

const moved = { all: [{ feature: 'life_event' as const, op: '=' as const, value: 'moved' }] }
const rich = { all: [{ feature: 'clv_minor', op: '>=' as const, value: 100 }] }
const nothing = { segments: [], needs: [], offers: [] }
const features = (values: Record<string, number | string | null>) => (id: string) => values[id] ?? null

test('a rule that an answer decides is worth the entropy of what comes out, for this customer', () => {
  const joints = new Map([['life_event/', joint(1000, false)]])
  const rules = {
    ...nothing,
    segments: [
      { code: 'RICH', rule: rich },
      { code: 'MOVED', rule: moved },
      { code: 'REST', rule: { all: [] } },
    ],
  }
  const quarter = entropy([3, 1])
  const poor = expectedGain(field, joints, 'REST', features({ clv_minor: 5 }), rules)!
  assert.ok(Math.abs(poor.segment - quarter) < 1e-12)
  // Whoever is rich stays rich whatever they answer: asking tells nothing of the segment.
  assert.equal(expectedGain(field, joints, 'RICH', features({ clv_minor: 500 }), rules)!.segment, 0)
  const need = expectedGain(field, joints, 'REST', features({}), {
    ...nothing,
    needs: [{ code: 'HOME', rule: moved }],
  })!
  assert.ok(Math.abs(need.need - quarter) < 1e-12)
  assert.equal(need.value, 0)
})

test('what no rule reads is learnt from who answered: in the own segment where enough did, else from all', () => {
  const joints = new Map([
    ['life_event/', joint(1000, true)],
    ['life_event/A', joint(500, false)],
    ['life_event/B', joint(10, false)],
  ])
  const gain = (segment: string) => expectedGain(field, joints, segment, features({}), nothing)!
  assert.ok(gain('B').value > 0.7 && gain('B').leaving > 0.7, 'ten answers are too few, so all count')
  assert.deepEqual([gain('A').value, gain('A').leaving], [0, 0])
  assert.equal(expectedGain({ ...field, feature: 'unheard' }, joints, 'A', features({}), nothing), null)
})
