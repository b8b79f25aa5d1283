import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HuiyinError } from '../../platform/errors.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { loadTemplate } from './load-template.ts'
import { openComposePool } from './pool.ts'

const notice = await loadTemplate(sampleTemplates, 'notice')
/** Takes as long as its data say; the engine itself stops only loops without an end. */
const slow = {
  ...notice,
  hash: 'slow',
  schema: {},
  files: {
    ...notice.files,
    'main.typ':
      '#import "/huiyin.typ": *\n#let n = data.at("rounds", default: 1)\n#let f(x) = calc.rem(x * 7919, 104729)\n' +
      '#range(n).map(x => range(1000).map(y => f(x + y)).sum()).sum()\n',
  },
}
const row = (id: string, rounds: number) => ({ ...notice.examples[0], id, rounds })

test('a document that stalls is held, its neighbours are composed, and other work is not kept waiting', async () => {
  const pool = openComposePool(1, { documentMs: 1500, heapMb: 512 })
  try {
    const warm = await pool.compose(slow, [row('warm', 1)])
    assert.equal(warm[0]?.state, 'composed', JSON.stringify(warm[0]))
    const outcomes = await pool.compose(slow, [row('a', 1), row('stall', 4000), row('b', 2)])
    assert.deepEqual(
      outcomes.map(outcome => (outcome.state === 'held' ? outcome.reason : outcome.state)),
      ['composed', 'too-slow', 'composed'],
    )
    const stalls = Array.from({ length: 5 }, (_, at) => row(`stall${at}`, 4000))
    const error = await pool.compose(slow, stalls).catch((reason: unknown) => reason)
    assert.ok(error instanceof HuiyinError && /stall3/.test(error.messageIn('en')), 'a template at fault is named')
    assert.equal((await pool.compose(slow, [row('after', 1)]))[0]?.state, 'composed')
  } finally {
    void pool.close()
  }
})
