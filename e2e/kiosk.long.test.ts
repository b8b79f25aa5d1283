import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { addKiosk } from '../src/interact/kiosk/devices.ts'
import { type Door, openDoor } from '../src/interact/portal/test-door.ts'
import { hasChromium, launchBrowser } from './browser.ts'

/** A kiosk in a real browser: fingers, a network that goes away, and people who go away. */
const skip = hasChromium ? false : 'no Chromium on this machine'
let door: Door
let browser: Browser
let context: BrowserContext
let page: Page

before(async () => {
  if (skip) return
  door = await openDoor()
  const baseURL = await door.http.listen({ port: 0, host: '127.0.0.1' })
  browser = await launchBrowser()
  context = await browser.newContext({ baseURL, locale: 'en', viewport: { width: 1080, height: 1920 }, hasTouch: true })
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.clock.install()
  const { code } = await addKiosk(door.app, 'High Street', 0)
  await page.goto('/kiosk')
  await page.getByLabel('Pairing code').fill(code)
  await page.getByRole('button', { name: 'Pair' }).click()
  await start()
})
after(async () => {
  await browser?.close()
  await door?.close()
})

const start = () => page.getByRole('heading', { name: 'Welcome' }).waitFor()
const asked = async (words: string): Promise<number> =>
  (await door.app.workflow.db.selectFrom('tasks').select('subject').where('kind', '=', 'callback').execute()).filter(
    row => JSON.stringify(row.subject).includes(words),
  ).length

async function signIn(): Promise<void> {
  await page.getByLabel('Customer or account number').fill('1003')
  await page.getByLabel('Birth date').fill('1980-05-06')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Good day').waitFor()
}
async function write(words: string): Promise<void> {
  await page.getByRole('link', { name: 'Ask for a colleague' }).click()
  await page.getByLabel('What is it about?').fill(words)
}
const send = () => page.getByRole('button', { name: 'Please come' }).click()
/** Nobody touches it: asked after 50 s, cleared after 60. */
async function walkAway(): Promise<void> {
  await page.clock.runFor(51_000)
  await page.getByText('Are you still there?').waitFor()
  await page.clock.runFor(11_000)
}
/** Whatever a browser may keep of somebody. */
async function nothingLeft(words: RegExp): Promise<void> {
  const kept = await page.evaluate(async () => ({
    screen: document.documentElement.outerHTML,
    title: document.title,
    url: location.href,
    stored: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state]),
    databases: (await indexedDB.databases()).length,
    caches: self.caches ? (await caches.keys()).length : 0,
    back: history.length,
  }))
  assert.doesNotMatch(kept.screen + kept.title + kept.url + kept.stored, words)
  assert.match(kept.url, /\/kiosk(\/sign-in[^#]*)?$/)
  assert.deepEqual([kept.databases, kept.caches], [0, 0])
}

test('what a finger has to hit is 64 px high on every page', { skip }, async () => {
  const small: string[] = []
  const measure = async () => {
    const found = await page
      .locator(
        'main :is(button, nav a, a.button, .langs a, .list a.row, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea, select)',
      )
      .evaluateAll(all =>
        all.map(one => `${one.tagName} ${one.textContent?.trim()} ${one.getBoundingClientRect().height}`),
      )
    for (const one of found) if (Number(one.split(' ').at(-1)) < 64) small.push(`${page.url()}: ${one}`)
  }
  await measure()
  await signIn()
  await measure()
  for (const [link, heading] of [
    ['My details', 'Your details'],
    ['Ask for a colleague', 'Ask for a colleague'],
  ] as const) {
    await page.getByRole('link', { name: link }).click()
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await measure()
  }
  assert.deepEqual(small, [])
  await page.getByRole('button', { name: 'Sign out' }).click()
  await start()
})

test('the network goes while a form is filled and while it is sent: nothing is lost, nothing sent twice', {
  skip,
}, async () => {
  await signIn()
  await write('first half')
  await context.setOffline(true)
  await page.getByRole('alert').getByText('what you type stays here').waitFor()
  const words = page.getByLabel('What is it about?')
  await words.fill('first half, second half')
  await send()
  await send()
  await page.getByRole('alert').getByText('goes out once').waitFor()
  await page.clock.runFor(10_000)
  assert.equal(await words.inputValue(), 'first half, second half')
  assert.equal(await asked('second half'), 0)
  await context.setOffline(false)
  await page.getByText('A colleague is on the way').waitFor()
  assert.equal(await page.getByRole('alert').count(), 0)
  assert.equal(await asked('second half'), 1)

  // The answer is lost, not the question: the server has it, the kiosk does not know.
  let lost = 0
  await page.route('**/kiosk/call', async route => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue()
    lost++
    await route.fetch({ maxRedirects: 0 })
    await route.abort('connectionreset')
  })
  await write('answer lost')
  await send()
  await page.getByRole('alert').getByText('goes out once').waitFor()
  await page.clock.runFor(4_000)
  await page.getByText('A colleague is on the way').waitFor()
  await page.unroute('**/kiosk/call')
  assert.deepEqual([lost, await asked('answer lost')], [1, 1])
})

test('who walks away leaves nothing on the screen or in the browser, network or none', { skip }, async () => {
  await write('secret 4711')
  await walkAway()
  await start()
  await nothingLeft(/4711|alert\(1\)|1003/)
  const cookies = (await context.cookies()).map(({ name }) => name)
  assert.deepEqual(cookies, ['huiyin_kiosk_device'])
  assert.equal(await asked('4711'), 0, 'what was never sent is not sent')

  await signIn()
  await write('secret 4712')
  await context.setOffline(true)
  await walkAway()
  await page.getByText('Out of use for a moment').first().waitFor()
  await nothingLeft(/4712|alert\(1\)|1003/)
  await context.setOffline(false)
  await start()
  assert.equal(await asked('4712'), 0)
  const open = await door.app.workflow.db.selectFrom('portal_sessions').select('token_hash').execute()
  assert.deepEqual(open, [], 'signed out, too')
})

test('who sent and walked away before the network came back is served all the same, once, and seen by nobody', {
  skip,
}, async () => {
  await signIn()
  await write('secret 4713')
  await context.setOffline(true)
  await send()
  await walkAway()
  await page.getByText('Out of use for a moment').first().waitFor()
  await nothingLeft(/4713|alert\(1\)|1003/)
  await context.setOffline(false)
  await start()
  assert.equal(await asked('4713'), 1)
  await nothingLeft(/4713|alert\(1\)|1003/)
})

test('a number that did not fit is cleared as well; a reload and the way back show the start page', {
  skip,
}, async () => {
  await page.getByLabel('Customer or account number').fill('1003')
  await page.getByLabel('Birth date').fill('1999-01-01')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('more tries').waitFor()
  await walkAway()
  await start()
  await nothingLeft(/1003|1999/)
  await signIn()
  await page.reload()
  await start()
  await nothingLeft(/alert\(1\)/)
  await page.goBack({ waitUntil: 'commit' }).catch(() => null)
  assert.equal(await page.getByText('Good day').count(), 0)
})
