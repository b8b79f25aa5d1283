import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { portal } from '../src/interact/portal/place.ts'
import { openSession } from '../src/interact/portal/sessions.ts'
import { accessibilityTree, findsTheWay, inFocus, textOf } from './accessibility-tree.ts'
import { axe } from './axe.ts'
import { hasChromium } from './browser.ts'
import { KioskScreen } from './kiosk-screen.ts'

/** What must never happen at a kiosk, and what whoever only hears the pages of portal and kiosk is told. The whole stands in kiosk.long.test.ts. */
const skip = hasChromium ? false : 'no Chromium on this machine'
let screen: KioskScreen

before(async () => {
  if (!skip) screen = await KioskScreen.open()
})
after(() => screen?.close())

test('the network is cut while a form is sent: nothing is lost, nothing is sent twice', { skip }, async () => {
  const { page, context } = screen
  await screen.signIn()
  await screen.write('only once')
  await context.setOffline(true)
  await screen.send()
  await screen.send()
  await page.getByRole('alert').getByText('goes out once').waitFor()
  assert.equal(await screen.asked('only once'), 0)
  await context.setOffline(false)
  await page.getByText('A colleague is on the way').waitFor()
  assert.equal(await screen.asked('only once'), 1)
})

test('who walks away is forgotten: screen, address, storage, session', { skip }, async () => {
  await screen.write('secret 4711')
  await screen.walkAway()
  await screen.start()
  await screen.nothingLeft(/4711|alert\(1\)|1003/)
  assert.equal(await screen.asked('4711'), 0, 'what was never sent is not sent')
  const open = await screen.door.app.workflow.db.selectFrom('portal_sessions').select('token_hash').execute()
  assert.deepEqual(open, [])
})

/** A customer at home, who reads English and whose name is to be wary of. */
async function atHome(page: (context: BrowserContext) => Promise<void>): Promise<void> {
  const look = { locale: 'en', colorScheme: 'dark', viewport: { width: 390, height: 844 } } as const
  const context = await screen.browser.newContext({ baseURL: screen.url, ...look })
  const { token } = await openSession(screen.door.app, { place: portal, customers: [3], lang: 'en' })
  await context.addCookies([{ name: portal.cookie, value: token, url: `${screen.url}/portal` }])
  await page(context)
  await context.close()
}

/** The browser moves the focus when it first draws the page. */
const focused = (page: Page, selector: string): Promise<void> => page.locator(`${selector}:focus`).waitFor()

async function heard(page: Page, where: string) {
  const tree = await accessibilityTree(page)
  findsTheWay(tree, where)
  return tree
}

test('every page can be read out and operated by its words; axe finds nothing', { skip }, async () => {
  await atHome(async context => {
    const page = await context.newPage()
    for (const [n, path] of [
      '',
      '/messages',
      '/cases/new',
      '/call',
      '/details',
      '/wishes',
      '/rights',
      '/nowhere',
    ].entries()) {
      const lang = (['en', 'zh-CN', 'zh-TW'] as const)[n % 3]!
      await page.goto(`/portal${path}?lang=${lang}`)
      assert.equal(await page.locator('html').getAttribute('lang'), lang)
      await heard(page, `${lang} ${path}`)
      assert.deepEqual(await axe(page), [], `${lang} ${path}`)
    }
    await page.goto('/portal/details?lang=en')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    assert.equal(await page.getByLabel('Postcode').count(), 0, 'the way back shows nothing any more')
  })
  assert.deepEqual(await axe(screen.page), [], 'the start page of a kiosk')
})

test('what is wrong or done has the focus and is read out, in the portal and where a script swaps the page', {
  skip,
}, async () => {
  await atHome(async context => {
    const page = await context.newPage()
    await page.goto('/portal/cases/new?kind=complaint')
    await page.getByLabel('Your message').fill(' ')
    await page.getByRole('button', { name: 'Send' }).click()
    await focused(page, 'textarea')
    assert.match(await page.title(), /^Error · /)
    const wrong = inFocus(await heard(page, 'no words'))
    assert.deepEqual([wrong.role, wrong.name, wrong.invalid], ['textbox', 'Your message', true])
    assert.match(wrong.description, /Write a few words/)
    await page.keyboard.type('这里写中文')
    await page.getByRole('button', { name: 'Send' }).click()
    await focused(page, '.done')
    const tree = await heard(page, 'sent')
    assert.match(textOf(tree, inFocus(tree)), /We have it, under number \d/)
    assert.equal(await page.locator('p.words').getAttribute('lang'), 'zh', 'read out as Chinese in an English page')
  })
  const { page } = screen
  await page.goto('/kiosk')
  await screen.start()
  await page.getByLabel('Customer or account number').fill('1003')
  await page.getByLabel('Birth date').fill('1999-01-01')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await focused(page, '[aria-invalid=true]')
  const wrong = inFocus(await heard(page, 'kiosk, wrong'))
  assert.deepEqual([wrong.name, wrong.invalid], ['Customer or account number', true])
  assert.match(wrong.description, /do not match/)
  await screen.signIn()
  await focused(page, 'h1')
  assert.equal(inFocus(await heard(page, 'kiosk, in')).role, 'heading', 'told that it is another page')
})
