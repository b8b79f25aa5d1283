import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '../../platform/app.ts'
import { together } from './together.ts'

test('who asks while others are answered is answered with the next ones; each gets their own, a failure all of that round', async () => {
  const app = { workflow: {} } as App
  const rounds: { items: readonly number[]; go: PromiseWithResolvers<void> }[] = []
  const doubled = together(async (_: App, items: readonly number[]) => {
    const go = Promise.withResolvers<void>()
    rounds.push({ items, go })
    await go.promise
    return items.map(item => item * 2)
  })
  const first = doubled(app, 1)
  const others = [2, 3, 2].map(item => doubled(app, item))
  assert.deepEqual(
    rounds.map(round => round.items),
    [[1]],
  )
  rounds[0]!.go.resolve()
  assert.equal(await first, 2)
  const late = doubled(app, 4)
  assert.deepEqual(rounds[1]!.items, [2, 3, 2], 'none of them began before it was asked for')
  rounds[1]!.go.resolve()
  assert.deepEqual(await Promise.all(others), [4, 6, 4])
  while (rounds.length < 3) await new Promise(setImmediate)
  rounds[2]!.go.reject(new Error('no'))
  await assert.rejects(late, /no/)
  while (rounds.length < 4) {
    void doubled(app, 5).catch(() => undefined)
    await new Promise(setImmediate)
  }
  assert.ok(rounds[3]!.items.includes(5), 'after a failure it goes on')
  rounds[3]!.go.resolve()
})
