import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { messageChannels } from '../compose/template.ts'
import { decideWays, PAPERLESS, readWhy, STANDINGS, standingOf, writeWhy } from './decide-ways.ts'
import { firstKinds, kindSchema, legalForms } from './kind.ts'

const costs = fc.record(Object.fromEntries(messageChannels.map(channel => [channel, fc.nat(100)])))
const kind = fc
  .record({
    legalForm: fc.constantFrom(...legalForms),
    channels: fc.uniqueArray(fc.constantFrom(...messageChannels), { minLength: 1 }),
    duplicate: fc.boolean(),
  })
  .map(({ legalForm, channels, duplicate }) => ({
    legalForm,
    duplicate,
    // A kind that is not free has a printed way: kindSchema sees to it.
    ways: (legalForm === 'free' || channels.includes('print') ? channels : [...channels, 'print' as const]).map(
      channel => ({ channel, template: channel }),
    ),
  }))
const standing = fc.nat(STANDINGS - 1).map(standingOf)
const letterOf = (channel: string) => (channel === 'print' ? 'letter' : channel)

test('law before wish before cost, for every kind and everybody', () => {
  fc.assert(
    fc.property(kind, standing, costs, (kind, who, costs) => {
      const { channels, why } = decideWays(kind, who, costs)
      const [chosen = assert.fail(), copy] = channels
      const lawful = (channel: string) =>
        kind.legalForm === 'free' ||
        channel === 'print' ||
        (kind.legalForm !== 'paper' && PAPERLESS.some(c => c === channel) && who.agreed.some(c => c === channel))
      const open = kind.ways.map(way => way.channel).filter(c => lawful(c) && who.reached.includes(c))
      assert.ok(lawful(chosen), 'the law')
      if (open.length > 0) {
        assert.ok(open.includes(chosen))
        const wished = open.find(channel => letterOf(channel) === who.wish)
        if (wished) assert.equal(chosen, wished, 'the wish')
        else for (const other of open) assert.ok((costs[chosen] ?? 0) <= (costs[other] ?? 0), 'the cost')
      }
      if (copy) {
        assert.ok(kind.duplicate && copy !== chosen && who.reached.includes(copy))
        assert.ok(copy === 'print' || who.agreed.includes(copy), 'a screen only for whoever agreed')
      }
      assert.equal(why[0]?.channel, chosen)
      assert.deepEqual(new Set(why.map(each => each.channel)), new Set(kind.ways.map(way => way.channel)))
      assert.deepEqual(readWhy(writeWhy(why)), why)
    }),
    { numRuns: 2000 },
  )
})

test('every kind a company begins with is sound, and what is not is refused', () => {
  for (const first of firstKinds) assert.ok(kindSchema.safeParse(first).success, first.code)
  const [bill] = firstKinds
  const [print, email] = bill!.ways
  assert.ok(!kindSchema.safeParse({ ...bill, ways: [email] }).success, 'nobody can be made to read bills on a screen')
  assert.ok(!kindSchema.safeParse({ ...bill, ways: [print, print] }).success)
  assert.ok(!kindSchema.safeParse({ ...bill, ways: [print], duplicate: true }).success)
})
