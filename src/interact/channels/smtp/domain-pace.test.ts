import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paceOf, sharedPace } from '../../senders/pace.ts'
import { domainPace } from './domain-pace.ts'

test('a domain that asks for less rests, comes back at half its pace and gets faster again; others do not notice', () => {
  let now = 0
  const pace = domainPace(0, () => now)
  for (; now < 60_000; now += 100) assert.equal(pace.take('busy.example'), 0)
  assert.equal(pace.slowDown('busy.example'), 60_000)
  assert.equal(pace.slowDown('busy.example'), 60_000, 'answers to what was under way are one complaint')
  assert.ok(pace.take('busy.example') > 0)
  assert.equal(pace.take('calm.example'), 0)
  const [slowed] = pace.slowed()
  assert.ok(Math.abs(slowed!.perMinute - 300) <= 5, `600 a minute were too many: ${slowed!.perMinute}`)
  now += 60_000
  const inMinute = (): number => {
    let sent = 0
    const end = now + 60_000
    for (; now < end; now += 10) if (pace.take('busy.example') === 0) sent++
    return sent
  }
  const first = inMinute()
  assert.ok(first >= 290 && first <= 305, String(first))
  for (let minute = 0; minute < 6; minute++) inMinute()
  const later = inMinute()
  assert.ok(later > first * 1.5 && later < first * 2.5, String(later))
  pace.slowDown('busy.example')
  assert.ok(pace.take('busy.example') > 60_000, 'the second rest is longer')
})

test('a rate shared by threads gives each moment once', () => {
  const shared = sharedPace()
  const [one, two] = [paceOf(shared, 100), paceOf(shared, 100)]
  const waits = Array.from({ length: 20 }, (_, at) => (at % 2 ? one : two).take())
  assert.ok(waits.at(-1)! > 150 && waits.at(-1)! < 200, String(waits.at(-1)))
  assert.ok(waits.every((wait, at) => at === 0 || wait >= waits[at - 1]!))
  assert.equal(paceOf(sharedPace(), 0).take(), 0)
})
