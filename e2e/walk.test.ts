import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { contextAs, hasChromium, launchBrowser } from './browser.ts'
import { start, stop, temporaryFolder, untilPrinted } from './huiyin.ts'

/**
 * A person's way through the product: sign in, see the turn done, find a customer, read the very bill they got, write down
 * what they answer. HUIYIN_URL, HUIYIN_LOGIN and HUIYIN_PASSWORD walk through a running server; else `huiyin start` is run
 * on a folder of the test's own, sample company and turn included (about 80 s).
 */
const skip = hasChromium ? false : 'no Chromium on this machine'

let server: ChildProcess | undefined
let url = process.env['HUIYIN_URL'] ?? ''
let login = process.env['HUIYIN_LOGIN'] ?? 'admin'
let password = process.env['HUIYIN_PASSWORD'] ?? ''
let browser: Browser
let context: BrowserContext
let page: Page

before(
  async () => {
    if (skip) return
    if (!url) {
      server = start(['start'], { data: join(temporaryFolder(), 'data') })
      const ready = await untilPrinted(server, /is ready: (\S+)\s+First login: (\S+), password: (\S+)/, 280)
      url = ready[1] ?? ''
      login = ready[2] ?? ''
      password = ready[3] ?? ''
    }
    browser = await launchBrowser()
    context = await contextAs(browser, { lang: 'en', theme: 'light', width: 1440 }, url)
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
  },
  { timeout: 300_000 },
)

after(async () => {
  await browser?.close()
  if (server) await stop(server)
})

const api = async <T>(path: string): Promise<T> => {
  const answer = await context.request.get(`/api/v1${path}`)
  assert.equal(answer.status(), 200, path)
  return (await answer.json()) as T
}

interface Bill {
  communicationId: string
  customerId: number
  sha256: string
  size: number
}
let bill: Bill
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** True as soon as it holds, false after ten seconds. */
async function until(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (holds()) return true
    await page.waitForTimeout(100)
  }
  return false
}

test('whoever is not signed in is asked to, a wrong password is said, and the way goes on where it led', {
  skip,
}, async () => {
  await page.goto('/sources?tab=imports')
  await page.getByLabel('User name').fill(login)
  await page.getByLabel('Password').fill('certainly not it')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  assert.match((await page.getByRole('alert').textContent()) ?? '', /password is wrong/)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Sources', exact: true }).waitFor()
  assert.match(page.url(), /\/sources\?tab=imports$/)
  await page.getByText('crm.csv').waitFor()
})

test('the loop shows the turn done, and its numbers add up', { skip }, async () => {
  await page.getByRole('link', { name: 'The loop' }).click()
  const ring = page.getByRole('region', { name: 'The turn, stage by stage' })
  const { turn } = await api<{ turn: { asOf: string } }>('/loop')
  const asOf = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'medium' }).format(new Date(turn.asOf))
  await ring.getByText(asOf).waitFor()
  await ring.getByText('done', { exact: true }).waitFor()
  await page.getByText('adds up').first().waitFor()
  assert.equal(await page.getByText('adds up', { exact: true }).count(), 3)
  assert.equal(await page.getByText('does not add up').count(), 0)
})

test('a customer is found by name, and the bill is shown byte for byte', { skip }, async () => {
  const bills = await api<{ rows: Bill[] }>('/communications?kind=bill&state=composed&limit=20')
  assert.ok(bills.rows[0], 'there is a bill')
  bill = bills.rows[0]
  const { name } = await api<{ name: string }>(`/customers/${bill.customerId}`)

  await page.getByRole('link', { name: 'Customers', exact: true }).first().click()
  await page.getByPlaceholder('Name, pinyin, phone, e-mail or account').fill(name)
  await page.locator(`a[href="/customers/${bill.customerId}"]`).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()

  let bytes: Buffer = Buffer.alloc(0)
  await page.route('**/content', async route => {
    const answer = await route.fetch()
    bytes = await answer.body()
    await route.fulfill({ response: answer, body: bytes })
  })
  await page.goto(`/customers/${bill.customerId}?tab=communications&c=${bill.communicationId}`)
  await page.getByText('same bytes as sent').waitFor()
  await page.unroute('**/content')
  assert.equal(bytes.subarray(0, 5).toString('latin1'), '%PDF-')
  assert.equal(bytes.length, bill.size)
  assert.equal(sha256(bytes), bill.sha256, 'the page was given the bytes of the ledger')

  // The page digested them itself, and says so beside the ledger's entry.
  assert.equal(await page.getByTestId('sha256').textContent(), bill.sha256)

  // They are what the frame holds, and the browser's viewer has laid out a page of them.
  assert.match((await page.locator('iframe.pdf').getAttribute('src')) ?? '', /^blob:/)
  const viewed = await until(() => page.frames().filter(frame => frame.url().startsWith('blob:')).length > 1)
  assert.ok(viewed, 'the PDF viewer shows the document')
})

test('the bill can be taken home, the same bytes again', { skip }, async () => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ])
  assert.equal(download.suggestedFilename(), `${bill.communicationId}.pdf`)
  const path = await download.path()
  assert.equal(sha256(await readFile(path)), bill.sha256)
})

test('what is typed survives a reload; an answer is taken down and seen', { skip }, async () => {
  const mail = `walk.${Date.now()}@example.org`
  const note = `Asked where the order is, ${Date.now()}.`
  await page.getByRole('button', { name: 'Record an answer' }).click()
  await page.getByRole('textbox', { name: 'E-mail' }).fill(mail)
  await page.getByRole('textbox', { name: 'Note' }).fill(note)
  await page.reload()
  await page.getByRole('textbox', { name: 'E-mail' }).waitFor()
  assert.equal(await page.getByRole('textbox', { name: 'E-mail' }).inputValue(), mail)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/answers? waits? for the next turn/).waitFor()
  await page.getByRole('note').getByText(mail).waitFor()

  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByText(note).waitFor()
  const events = await api<{ rows: { type: string; payload: unknown }[] }>(`/customers/${bill.customerId}/events`)
  const answers = events.rows.filter(event => JSON.stringify(event.payload).includes(note))
  assert.equal(answers.length, 1, 'one answer, taken down once')
})

test('whoever lifts the receiver has the caller and their bill on the screen, and ends the call by keys', {
  skip,
}, async () => {
  const post = async (body: object): Promise<void> => {
    const answer = await context.request.post('/api/v1/calls', { headers: { 'x-huiyin': '1' }, data: body })
    assert.equal(answer.status(), 200, await answer.text())
  }
  const me = await context.request.put('/api/v1/desk/me', { headers: { 'x-huiyin': '1' }, data: { extension: '801' } })
  assert.equal(me.status(), 200)
  const { name } = await api<{ name: string }>(`/customers/${bill.customerId}`)
  const [call, other] = [`walk-${Date.now()}`, `other-${Date.now()}`]

  await page.goto('/tasks')
  await page.getByRole('button', { name: /Next call/ }).waitFor()
  await post({ callId: call, event: 'ring', agent: '801', customer: String(bill.customerId), number: 'anonymous' })
  await page.getByRole('alert').getByText(`Call: ${name}`).waitFor({ state: 'attached' })
  await post({ callId: call, event: 'answer', agent: '801' })
  await page.waitForURL(`**/tasks/in-${call}`)
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await page.locator('iframe.pdf').waitFor()

  // A second call never takes the screen from the first; what is typed meanwhile outlives the page.
  await page.keyboard.press('n')
  await page.keyboard.type('The bill came twice.')
  await post({ callId: other, event: 'ring', agent: '801', number: 'anonymous' })
  await page.getByRole('region', { name: 'Calls' }).getByText('Number withheld').waitFor()
  assert.match(page.url(), new RegExp(`/tasks/in-${call}$`))
  await page.reload()
  await page.getByRole('textbox', { name: 'Note' }).waitFor()
  assert.equal(await page.getByRole('textbox', { name: 'Note' }).inputValue(), 'The bill came twice.')

  await post({ callId: other, event: 'hangup' })
  await post({ callId: call, event: 'hangup' })
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'Save, no next call' }).click()
  await page.waitForURL('**/tasks')
  const { state, outcome } = await api<{ state: string; outcome: string }>(`/tasks/in-${call}`)
  assert.deepEqual([state, outcome], ['done', 'served'])
})

test('a filter of a list keeps the others and begins at its first page', { skip }, async () => {
  await page.goto('/cases?state=all&page=2')
  await page.getByRole('button', { name: 'Late' }).click()
  await page.waitForURL('**/cases?state=all&late=true')
})

test('the other language is one press away and is remembered', { skip }, async () => {
  await page.goto(`/customers/${bill.customerId}`)
  await page.getByRole('button', { name: /Switch to Chinese/ }).click()
  await page.getByRole('tab', { name: '历程' }).waitFor()
  await page.evaluate(() => localStorage.getItem('huiyin.lang')).then(lang => assert.equal(lang, 'zh-CN'))
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN')
})

test('signed out is signed out', { skip }, async () => {
  await page.getByRole('button', { name: /的账号/ }).click()
  await page.getByText('退出登录').click()
  await page.getByRole('button', { name: '登录' }).waitFor()
  assert.equal((await context.request.get('/api/v1/loop')).status(), 401)
})
