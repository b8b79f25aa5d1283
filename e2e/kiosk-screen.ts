/** For tests: a kiosk in a real browser, paired, and somebody who stands before it. */
import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { addKiosk } from '../src/interact/kiosk/devices.ts'
import { type Door, openDoor } from '../src/interact/portal/test-door.ts'
import { launchBrowser } from './browser.ts'

export class KioskScreen {
  readonly door: Door
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
  readonly url: string

  private constructor(door: Door, browser: Browser, context: BrowserContext, page: Page, url: string) {
    this.door = door
    this.browser = browser
    this.context = context
    this.page = page
    this.url = url
  }

  static async open(): Promise<KioskScreen> {
    const [door, browser] = await Promise.all([openDoor(), launchBrowser()])
    // Not `http.listen`: that also trains the inbox's first classifier, seconds of work that nobody needs here.
    await new Promise<void>(done => door.http.server.listen(0, '127.0.0.1', done))
    const baseURL = `http://127.0.0.1:${(door.http.server.address() as AddressInfo).port}`
    const viewport = { width: 1080, height: 1920 }
    const context = await browser.newContext({ baseURL, locale: 'en', viewport, hasTouch: true })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    await page.clock.install()
    const { code } = await addKiosk(door.app, 'High Street', 0)
    await page.goto('/kiosk')
    await page.getByLabel('Pairing code').fill(code)
    await page.getByRole('button', { name: 'Pair' }).click()
    const screen = new KioskScreen(door, browser, context, page, baseURL)
    await screen.start()
    return screen
  }

  async close(): Promise<void> {
    await this.browser.close()
    await this.door.close()
  }

  start(): Promise<void> {
    return this.page.getByRole('heading', { name: 'Welcome' }).waitFor()
  }

  async signIn(): Promise<void> {
    await this.page.getByLabel('Customer or account number').fill('1003')
    await this.page.getByLabel('Birth date').fill('1980-05-06')
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await this.page.getByText('Good day').waitFor()
  }

  async write(words: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Ask for a colleague' }).click()
    await this.page.getByLabel('What is it about?').fill(words)
  }

  send(): Promise<void> {
    return this.page.getByRole('button', { name: 'Please come' }).click()
  }

  /** How often the branch was asked to come. */
  async asked(words: string): Promise<number> {
    const { db } = this.door.app.workflow
    const rows = await db.selectFrom('tasks').select('subject').where('kind', '=', 'callback').execute()
    return rows.filter(row => JSON.stringify(row.subject).includes(words)).length
  }

  /** Nobody touches it: asked after 50 s, cleared after 60. */
  async walkAway(): Promise<void> {
    await this.page.clock.runFor(51_000)
    await this.page.getByText('Are you still there?').waitFor()
    await this.page.clock.runFor(11_000)
  }

  /** Whatever a browser may keep of somebody. */
  async nothingLeft(words: RegExp): Promise<void> {
    const kept = await this.page.evaluate(async () => ({
      screen: document.documentElement.outerHTML,
      title: document.title,
      url: location.href,
      stored: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state]),
      databases: (await indexedDB.databases()).length,
      caches: self.caches ? (await caches.keys()).length : 0,
    }))
    assert.doesNotMatch(kept.screen + kept.title + kept.url + kept.stored, words)
    assert.match(kept.url, /\/kiosk(\/sign-in[^#]*)?$/)
    assert.deepEqual([kept.databases, kept.caches], [0, 0])
  }
}
