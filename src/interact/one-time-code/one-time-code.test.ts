import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { freshWorkflow, type Workflow } from '../../platform/stores/workflow/index.ts'
import { networkOf } from './network.ts'
import { makeCode, useCode } from './one-time-code.ts'
import { codeMigrations } from './tables.ts'

let workflow: Workflow
before(async () => {
  workflow = await freshWorkflow(codeMigrations)
})
after(() => workflow.close())

let n = 0
const request = (customerId = 7) => ({
  purpose: 'sign-in',
  address: `+86139000000${n++}`,
  customerId,
  network: `10.0.0.${n}`,
})
const now = new Date('2026-11-22T08:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('a code is good once, for five minutes, for its purpose; a double tap is one use; full-width digits are digits', async () => {
  const app = { workflow }
  const { challenge, code } = await makeCode(app, request(), now)
  const wide = code.replace(/\d/g, digit => String.fromCodePoint(0xff10 + Number(digit)))
  await assert.rejects(useCode(app, { purpose: 'verify', challenge, code }, now), { code: 'code.expired' })
  assert.equal((await useCode(app, { purpose: 'sign-in', challenge, code: wide }, later(4))).customerId, 7)
  const seconds = (n: number) => new Date(later(4).getTime() + n * 1000)
  assert.equal((await useCode(app, { purpose: 'sign-in', challenge, code }, seconds(1))).customerId, 7)
  await assert.rejects(useCode(app, { purpose: 'sign-in', challenge, code: wrong(code) }, seconds(2)), {
    code: 'code.wrong',
  })
  await assert.rejects(useCode(app, { purpose: 'sign-in', challenge, code }, seconds(6)), { code: 'code.expired' })
  const old = await makeCode(app, request(), now)
  await assert.rejects(useCode(app, { purpose: 'sign-in', ...old }, later(5)), { code: 'code.expired' })
})

test('five wrong tries lock it, also side by side, and the address waits; the right code comes too late then', async () => {
  const app = { workflow }
  const asked = request()
  const { challenge, code } = await makeCode(app, asked, now)
  const tries = await Promise.allSettled(
    Array.from({ length: 9 }, () => useCode(app, { purpose: 'sign-in', challenge, code: wrong(code) }, now)),
  )
  assert.ok(tries.every(each => each.status === 'rejected'))
  await assert.rejects(useCode(app, { purpose: 'sign-in', challenge, code }, now), { code: 'code.locked' })
  await assert.rejects(makeCode(app, asked, later(1)), { code: 'code.locked' })
  assert.ok(await makeCode(app, asked, later(16)))
})

test('nobody learns whether an address is known; too many requests are refused; nothing stored tells code or address', async () => {
  const app = { workflow }
  const known = request()
  const stranger = request(0)
  const [a, b] = [await makeCode(app, known, now), await makeCode(app, stranger, now)]
  const fails = async (made: typeof a) =>
    useCode(app, { purpose: 'sign-in', challenge: made.challenge, code: wrong(made.code) }, now).catch(e => e.message)
  assert.equal(await fails(a), await fails(b))
  await assert.rejects(
    useCode(app, { purpose: 'sign-in', ...b }, now),
    { code: 'code.wrong' },
    'not even with the code',
  )
  await makeCode(app, known, later(1))
  await makeCode(app, known, later(2))
  await assert.rejects(makeCode(app, known, later(3)), { code: 'code.too-many' })
  await assert.rejects(
    useCode(app, { purpose: 'sign-in', ...a }, later(3)),
    { code: 'code.expired' },
    'a newer one is there',
  )
  const stored = JSON.stringify(await workflow.db.selectFrom('one_time_codes').selectAll().execute())
  for (const secret of [a.code, known.address, known.network]) assert.ok(!stored.includes(`"${secret}"`))
})

test('nobody is sent more than twenty codes a day, whatever for; an IPv6 network is counted as one', async () => {
  const asked = request()
  const at = (n: number) => makeCode({ workflow }, { ...asked, purpose: `p${n % 3}`, network: `n${n}` }, later(n * 10))
  for (let n = 0; n < 20; n++) await at(n)
  await assert.rejects(at(21), { code: 'code.too-many' })
  assert.ok(await at(24 * 6 + 1))
  assert.deepEqual(
    ['::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9', '2001:db8::', '::ffff:10.1.2.3', '10.1.2.3'].map(networkOf),
    ['0:0:0:0::/64', '2001:db8:1:2::/64', '2001:db8:1:2::/64', '2001:db8:0:0::/64', '10.1.2.3', '10.1.2.3'],
  )
})
