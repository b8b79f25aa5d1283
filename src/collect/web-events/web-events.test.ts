import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Http } from '../../platform/app.ts'
import { buildServer } from '../../platform/http/server.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { customersAre, openTestApp, testStage } from '../giving-back/test-app.ts'
import { rateLimit } from './rate-limit.ts'
import { webScript } from './script.ts'
import { addSite, changeSite, type WebSite } from './sites.ts'
import { stripText, stripUrl } from './strip-personal.ts'
import { customerOfToken, visitorToken } from './visitor-token.ts'

describe('what may name a person', () => {
  test('addresses lose e-mails, numbers and every parameter but those of campaigns and searches', () => {
    assert.equal(
      stripUrl('https://a.cn/p/85123A?utm_source=mail&sid=77&email=w@b.cn#x'),
      'https://a.cn/p/85123A?utm_source=mail',
    )
    assert.equal(stripUrl('https://a.cn/user/wang%40b.cn/orders'), 'https://a.cn/user/…/orders')
    assert.equal(stripUrl('https://a.cn/?q=138%200013%208000'), `https://a.cn/?q=${encodeURIComponent('…')}`)
    assert.equal(stripUrl('javascript:alert(1)'), '')
    assert.equal(stripText('call +86 138-0013-8000 or wang@example.com'), 'call … or …')
  })

  test('whatever the address, no e-mail and no telephone number is left', () => {
    const email = fc.emailAddress()
    const phone = fc.constantFrom('13800138000', '+86 138 0013 8000', '010-62345678', '07911 123456')
    fc.assert(
      fc.property(fc.oneof(email, phone), fc.constantFrom('q', 'utm_term', 'x'), (value, name) => {
        const url = new URL('https://shop.example.com/a')
        url.searchParams.set(name, value)
        url.pathname = `/u/${value}/b`
        const stripped = stripUrl(url.href).replace(/%40/g, '@').replace(/%20/g, ' ')
        assert.ok(!stripped.includes('@'), stripped)
        assert.doesNotMatch(stripped, /\d{7}/)
      }),
    )
  })
})

describe('the signed token', () => {
  let app: OpenApp
  let http: Http
  let site: WebSite
  before(async () => {
    app = await openTestApp()
    http = await buildServer(app, { stages: [testStage], webRoot: app.config.dataDir })
    await customersAre(app, [{ id: 1 }, { id: 2 }])
    site = await addSite(app, { name: 'shop', origins: ['https://shop.example.com/'] })
  })
  after(async () => {
    await http.close()
    await app.close()
    await rm(app.config.dataDir, { recursive: true, force: true })
  })

  const visitor = 'a'.repeat(24)
  const hit = (i: string, more: object = {}) => ({
    i: i.padEnd(24, '0'),
    t: 'page-viewed',
    a: Date.now() - 5000,
    u: 'https://shop.example.com/p?email=w@b.cn',
    ...more,
  })
  const send = (body: object | string, headers: Record<string, string> = {}, remoteAddress = '10.0.0.1') =>
    http.inject({
      method: 'POST',
      url: '/e',
      remoteAddress,
      headers: { origin: 'https://shop.example.com', 'content-type': 'text/plain;charset=UTF-8', ...headers },
      payload:
        typeof body === 'string'
          ? body
          : JSON.stringify({ k: site.siteKey, v: visitor, s: Date.now(), e: [], ...body }),
    })
  const eventsOf = (id: number) =>
    app.facts.query<{ event_id: string; payload: string }>(
      'SELECT event_id, payload FROM events FINAL WHERE customer_id = {id:UInt64} ORDER BY event_id',
      { id },
    )

  test('names a customer only as we signed it, and only for its time', async () => {
    const token = await visitorToken(app, 17)
    assert.equal(await customerOfToken(app, token), 17)
    for (const forged of [token.replace(/^./, '1'), `${token}x`, token.slice(0, -1), '17', 'wang@example.com'])
      assert.equal(await customerOfToken(app, forged), null, forged)
    assert.equal(await customerOfToken(app, await visitorToken(app, 17, -1)), null)
  })

  test('a visitor is nobody until a token says who; then what was seen before belongs to the customer', async () => {
    assert.equal(
      (await send({ e: [hit('a1'), hit('a2', { t: 'searched', p: { query: '灯 13800138000' } })] })).statusCode,
      204,
    )
    assert.deepEqual(await eventsOf(2), [])
    assert.equal((await send({ x: 'wang@example.com', e: [hit('a3')] })).statusCode, 204)
    assert.deepEqual(await eventsOf(2), [], 'an e-mail in the page proves nothing')
    assert.equal((await send({ x: await visitorToken(app, 2), e: [] })).statusCode, 204)
    const events = await eventsOf(2)
    assert.equal(events.length, 3)
    assert.equal(JSON.parse(events[0]!.payload).url, 'https://shop.example.com/p')
    assert.equal(JSON.parse(events[1]!.payload).query, '灯 …')
    await send({ e: [hit('a4'), hit('a1')] })
    assert.equal((await eventsOf(2)).length, 4, 'sent twice is once')
  })

  test('other origins, other keys, too much, nonsense, paused, and visitors whose browser says no', async () => {
    assert.equal((await send({}, { origin: 'https://evil.example.com' })).statusCode, 403)
    assert.equal((await send({ k: 'hys_other' })).statusCode, 403)
    assert.equal((await send('{"k":')).statusCode, 400)
    assert.equal((await send({ e: [hit('x', { t: 'answer' })] })).statusCode, 400)
    assert.equal((await send({ e: [hit('x', { n: 'x'.repeat(70_000) })] })).statusCode, 413)
    const said = await send({ e: [hit('gpc')] }, { 'sec-gpc': '1' })
    assert.deepEqual([said.statusCode, said.headers['access-control-allow-origin']], [204, 'https://shop.example.com'])
    await changeSite(app, site.siteId, { paused: true })
    await new Promise(resolve => setTimeout(resolve, 2100))
    await send({ e: [hit('paused')] })
    await changeSite(app, site.siteId, { paused: false })
    await new Promise(resolve => setTimeout(resolve, 2100))
    assert.equal((await eventsOf(2)).length, 4)
    await assert.rejects(addSite(app, { name: 'x', origins: ['https://shop.example.com/path'] }), {
      code: 'collect.bad-origin',
    })
    const answers = await Promise.all(Array.from({ length: 80 }, () => send({}, {}, '10.0.0.9')))
    const refused = answers.filter(({ statusCode }) => statusCode === 429)
    assert.ok(
      refused.length >= 10 && refused.every(({ headers }) => Number(headers['retry-after']) >= 1),
      `${refused.length}`,
    )
  })

  test('the script is small, is cached by its content, and is for every page', async () => {
    assert.ok(webScript().gzip.length <= 4096, `${webScript().gzip.length} bytes`)
    assert.doesNotThrow(() => new Function(webScript().code))
    assert.doesNotMatch(webScript().code, /https?:\/\//, 'no third parties')
    const plain = await http.inject({ url: '/huiyin.js', headers: { 'accept-encoding': 'gzip' } })
    assert.equal(plain.headers['content-encoding'], 'gzip')
    assert.match(String(plain.headers['cache-control']), /max-age=3600/)
    const named = await http.inject({ url: `/huiyin.${webScript().hash}.js` })
    assert.match(String(named.headers['cache-control']), /immutable/)
    assert.equal(
      (await http.inject({ url: '/huiyin.js', headers: { 'if-none-match': String(plain.headers['etag']) } }))
        .statusCode,
      304,
    )
  })
})

test('the limit gives back what time brings, and forgets who is quiet', () => {
  let now = 0
  const limit = rateLimit(2, 1, () => now, 3)
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('a')], [0, 0, 1])
  now += 1000
  assert.deepEqual([limit.take('a'), limit.take('a')], [0, 1])
  for (const other of ['b', 'c', 'd']) limit.take(other)
  assert.equal(limit.take('a'), 0, 'was forgotten')
})
