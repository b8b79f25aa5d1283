import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { hasChromium } from './browser.ts'
import { KioskScreen } from './kiosk-screen.ts'

/** A kiosk in a real browser: fingers, a network that goes away, and people who go away. Its short twin is kiosk.test.ts. */
const skip = hasChromium ? false : 'no Chromium on this machine'
let screen: KioskScreen
let page: Page

before(async () => {
  if (skip) return
  screen = await KioskScreen.open()
  page = screen.page
})
after(() => screen?.close())

test('what a finger has to hit is 64 px high on every page', { skip }, async () => {
  const small: string[] = []
  const measure = async () => {
    const found = await page
      .locator(
        '.page :is(button, nav a, a.button, .langs a, .list a.row, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea, select)',
      )
      .evaluateAll(all =>
        all.map(one => `${one.tagName} ${one.textContent?.trim()} ${one.getBoundingClientRect().height}`),
      )
    for (const one of found) if (Number(one.split(' ').at(-1)) < 64) small.push(`${page.url()}: ${one}`)
  }
  await measure()
  await screen.signIn()
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
  await screen.start()
})

test('the network goes while a form is filled and while it is sent: nothing is lost, nothing sent twice', {
  skip,
}, async () => {
  await screen.signIn()
  await screen.write('first half')
  await screen.context.setOffline(true)
  await page.getByRole('alert').getByText('what you type stays here').waitFor()
  const words = page.getByLabel('What is it about?')
  await words.fill('first half, second half')
  await screen.send()
  await screen.send()
  await page.getByRole('alert').getByText('goes out once').waitFor()
  await page.clock.runFor(10_000)
  assert.equal(await words.inputValue(), 'first half, second half')
  assert.equal(await screen.asked('second half'), 0)
  await screen.context.setOffline(false)
  await page.getByText('A colleague is on the way').waitFor()
  assert.equal(await page.getByRole('alert').count(), 0)
  assert.equal(await screen.asked('second half'), 1)

  // The answer is lost, not the question: the server has it, the kiosk does not know.
  let lost = 0
  await page.route('**/kiosk/call', async route => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue()
    lost++
    await route.fetch({ maxRedirects: 0 })
    await route.abort('connectionreset')
  })
  await screen.write('answer lost')
  await screen.send()
  await page.getByRole('alert').getByText('goes out once').waitFor()
  await page.clock.runFor(4_000)
  await page.getByText('A colleague is on the way').waitFor()
  await page.unroute('**/kiosk/call')
  assert.deepEqual([lost, await screen.asked('answer lost')], [1, 1])
})

test('who walks away leaves nothing on the screen or in the browser, network or none', { skip }, async () => {
  await screen.write('secret 4711')
  await screen.walkAway()
  await screen.start()
  await screen.nothingLeft(/4711|alert\(1\)|1003/)
  const cookies = (await screen.context.cookies()).map(({ name }) => name)
  assert.deepEqual(cookies, ['huiyin_kiosk_device'])
  assert.equal(await screen.asked('4711'), 0, 'what was never sent is not sent')

  await screen.signIn()
  await screen.write('secret 4712')
  await screen.context.setOffline(true)
  await screen.walkAway()
  await page.getByText('Out of use for a moment').first().waitFor()
  await screen.nothingLeft(/4712|alert\(1\)|1003/)
  await screen.context.setOffline(false)
  await screen.start()
  assert.equal(await screen.asked('4712'), 0)
  const open = await screen.door.app.workflow.db.selectFrom('portal_sessions').select('token_hash').execute()
  assert.deepEqual(open, [], 'signed out, too')
})

test('who sent and walked away before the network came back is served all the same, once, and seen by nobody', {
  skip,
}, async () => {
  await screen.signIn()
  await screen.write('secret 4713')
  await screen.context.setOffline(true)
  await screen.send()
  await screen.walkAway()
  await page.getByText('Out of use for a moment').first().waitFor()
  await screen.nothingLeft(/4713|alert\(1\)|1003/)
  await screen.context.setOffline(false)
  await screen.start()
  assert.equal(await screen.asked('4713'), 1)
  await screen.nothingLeft(/4713|alert\(1\)|1003/)
})

test('a number that did not fit is cleared as well; a reload and the way back show the start page', {
  skip,
}, async () => {
  await page.getByLabel('Customer or account number').fill('1003')
  await page.getByLabel('Birth date').fill('1999-01-01')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Tries left').waitFor()
  await screen.walkAway()
  await screen.start()
  await screen.nothingLeft(/1003|1999/)
  await screen.signIn()
  await page.reload()
  await screen.start()
  await screen.nothingLeft(/alert\(1\)/)
  await page.goBack({ waitUntil: 'commit' }).catch(() => null)
  assert.equal(await page.getByText('Good day').count(), 0)
})
