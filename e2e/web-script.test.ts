import assert from 'node:assert/strict'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { customersAre, openTestApp, testStage } from '../src/collect/giving-back/test-app.ts'
import { visitorToken } from '../src/collect/index.ts'
import { addSite } from '../src/collect/web-events/sites.ts'
import type { Http } from '../src/platform/app.ts'
import { buildServer } from '../src/platform/http/server.ts'
import type { OpenApp } from '../src/platform/open-app.ts'
import { hasChromium, launchBrowser } from './browser.ts'

/** The web script in a real browser, on a page of another origin than the server it reports to. */
describe('the web script', { skip: hasChromium ? false : 'Chromium is not installed' }, () => {
  let app: OpenApp
  let http: Http
  let shop: Server
  let browser: Browser
  let origin = ''
  before(async () => {
    app = await openTestApp()
    await customersAre(app, [{ id: 1 }, { id: 2 }])
    http = await buildServer(app, { stages: [testStage], webRoot: app.config.dataDir })
    const huiyin = await http.listen({ host: '127.0.0.1', port: 0 })
    shop = createServer((_req, res) =>
      res.setHeader('content-type', 'text/html').end(
        `<!doctype html><title>Shop of wang@example.com</title><link rel="icon" href="data:,"><h1>Lamps</h1>
         <script>window.huiyin=window.huiyin||function(){(huiyin.q=huiyin.q||[]).push(arguments)};huiyin('product','early')</script>
         <script async src="${huiyin}/huiyin.js" data-site="${site.siteKey}"></script>`,
      ),
    ).listen(0, '127.0.0.1')
    await once(shop, 'listening')
    const bound = shop.address()
    origin = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`
    const site = await addSite(app, { name: 'shop', origins: [origin] })
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    shop?.close()
    await http?.close()
    await app?.close()
    await rm(app.config.dataDir, { recursive: true, force: true })
  })

  /** A fresh visitor on the page, and the bodies that left the browser. */
  async function visit(path = '/', prepare?: (context: BrowserContext) => Promise<unknown>) {
    const context = await browser.newContext({ baseURL: origin })
    await prepare?.(context)
    const sent: { v: string; e: { t: string; u: string; n: string; p: Record<string, unknown> }[] }[] = []
    context.on('request', request => {
      if (new URL(request.url()).pathname === '/e') sent.push(JSON.parse(request.postData() ?? '{}'))
    })
    const page = await context.newPage()
    await page.goto(path)
    await page.waitForFunction(
      () =>
        typeof (window as unknown as { huiyin: { q?: unknown } }).huiyin === 'function' &&
        !(window as unknown as { huiyin: { q?: unknown } }).huiyin.q,
    )
    return { context, page, sent, types: () => sent.flatMap(({ e }) => e.map(({ t }) => t)) }
  }
  const call = (page: Page, ...given: unknown[]) =>
    page.evaluate(given => (window as unknown as { huiyin(...given: unknown[]): void }).huiyin(...given), given)
  const until = async (fine: () => boolean | Promise<boolean>) => {
    for (let tries = 0; tries < 600 && !(await fine()); tries++) await sleep(100)
  }
  const stored = () =>
    app.facts.query<{ type: string; payload: string }>('SELECT type, payload FROM waiting_events FINAL')

  test('sends nothing and keeps nothing before consent; after it what is seen arrives; after a refusal nothing more', async () => {
    const { page, sent, types } = await visit('/lamps?utm_source=mail&email=w@b.cn')
    await call(page, 'product', '85123A')
    await call(page, 'search', 'lamp')
    await sleep(1500)
    assert.deepEqual(sent, [])
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), [])
    await call(page, 'consent', true, { wording: 'v3' })
    await call(page, 'product', '85123A')
    await call(page, 'search', 'lamp 13800138000', 7)
    await call(page, 'basket', [{ product: '85123A', quantity: 2 }])
    await until(() => types().length >= 5)
    assert.deepEqual(types(), ['consent-given', 'page-viewed', 'product-viewed', 'searched', 'basket-changed'])
    await until(async () => (await stored()).length === 5)
    const kept = new Map((await stored()).map(({ type, payload }) => [type, JSON.parse(payload)]))
    assert.equal(kept.get('page-viewed').url, `${origin}/lamps?utm_source=mail`)
    assert.equal(kept.get('page-viewed').title, 'Shop of …')
    assert.deepEqual(kept.get('searched').query, 'lamp …')
    assert.equal(kept.get('consent-given').wording, 'v3')
    await call(page, 'consent', false)
    assert.deepEqual(await page.evaluate(() => Object.entries(localStorage)), [['huiyin.consent', 'no']])
    const before = sent.length
    await call(page, 'product', '22423')
    await page.reload()
    await sleep(1500)
    assert.equal(sent.length, before)
  })

  test('a browser that says no (Global Privacy Control) means no, whatever the page does', async () => {
    const { page, sent } = await visit('/', context =>
      context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })),
    )
    await call(page, 'consent', true)
    await call(page, 'product', '85123A')
    await sleep(1500)
    assert.deepEqual(sent, [])
    assert.equal(await page.evaluate(() => localStorage.getItem('huiyin.visitor')), null)
  })

  test('what could not be sent is sent when the network is back, not more than 200, and leaving the page takes the rest along', async () => {
    const { context, page, types } = await visit()
    await call(page, 'consent', true)
    await until(() => types().length === 2)
    await context.setOffline(true)
    await page.evaluate(() => {
      for (let i = 0; i < 250; i++)
        (window as unknown as { huiyin(...given: unknown[]): void }).huiyin('product', `p${i}`)
    })
    await sleep(1500)
    assert.equal(types().length, 2)
    await context.setOffline(false)
    await until(() => types().length === 202)
    assert.equal(types().length, 202)
    await call(page, 'product', 'last')
    await page.goto('about:blank')
    await until(async () => (await stored()).some(({ payload }) => JSON.parse(payload).product === 'last'))
    assert.ok((await stored()).some(({ payload }) => JSON.parse(payload).product === 'last'))
  })

  test('a link of ours says who it is, and is out of the address bar before anybody sees it', async () => {
    const { page, types } = await visit(`/?hy_t=${await visitorToken(app, 2)}&utm_source=letter`)
    assert.equal(await page.evaluate(() => location.search), '?utm_source=letter')
    await call(page, 'consent', true)
    await until(() => types().length === 2)
    const mine = () => app.facts.query('SELECT type FROM events FINAL WHERE customer_id = 2')
    await until(async () => (await mine()).length === 2)
    assert.equal((await mine()).length, 2)
  })
})
