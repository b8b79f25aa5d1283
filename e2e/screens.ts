import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { contextAs, type Look, launchBrowser } from './browser.ts'

/**
 * `node e2e/screens.ts FOLDER [page …]`: every page in Chromium at 1440 and 390 px, in both languages, light and dark,
 * from the server named by HUIYIN_URL, signed in with HUIYIN_LOGIN and HUIYIN_PASSWORD.
 * Names the pages that overflow sideways or complain, and then ends with 1.
 */
const [folder, ...only] = process.argv.slice(2)
const url = process.env['HUIYIN_URL'] ?? 'http://127.0.0.1:7070'
const login = process.env['HUIYIN_LOGIN'] ?? 'admin'
const password = process.env['HUIYIN_PASSWORD']

interface Shot {
  name: string
  path: string
  /** Before the picture is taken. */
  act?: (page: Page) => Promise<void>
}

async function pagesOf(context: BrowserContext): Promise<Shot[]> {
  const ask = async <T>(path: string): Promise<T> => (await (await context.request.get(`/api/v1${path}`)).json()) as T
  const customer = process.env['HUIYIN_CUSTOMER'] ?? (await someCustomer(ask))
  const segment = (await ask<{ rows: { id: string }[] }>('/segments')).rows[0]?.id
  const campaign = (await ask<{ rows: { campaignId: number }[] }>('/campaigns')).rows[0]?.campaignId
  const task = (await ask<{ rows: { taskId: string }[] }>('/tasks?limit=1')).rows[0]?.taskId
  const tab = (name: string): string => `/customers/${customer}?tab=${name}`
  return [
    { name: 'loop', path: '/' },
    { name: 'customers', path: '/customers' },
    { name: 'customers-nobody', path: '/customers?q=zzzzzz' },
    { name: 'customer', path: `/customers/${customer}` },
    { name: 'customer-communications', path: tab('communications'), act: page => page.waitForTimeout(2500) },
    { name: 'customer-purchases', path: tab('purchases') },
    { name: 'customer-events', path: tab('events') },
    { name: 'customer-features', path: tab('features') },
    { name: 'customer-records', path: tab('records') },
    { name: 'customer-answer', path: `/customers/${customer}?answer=open` },
    { name: 'quality', path: '/quality' },
    { name: 'sources', path: '/sources' },
    { name: 'sources-quarantine', path: '/sources?tab=quarantine' },
    { name: 'sources-imports', path: '/sources?tab=imports' },
    { name: 'identity', path: '/identity' },
    { name: 'rights', path: '/rights' },
    { name: 'giving-back', path: '/giving-back' },
    { name: 'segments', path: '/segments' },
    { name: 'segment', path: `/segments/${segment}` },
    { name: 'board', path: '/board' },
    ...['profiling', 'persistency', 'profitability', 'performance', 'prospecting', 'product', 'promotion'].map(p => ({
      name: `insight-${p}`,
      path: `/insight/${p}`,
    })),
    ...['loop', 'response', 'verdict', 'corrections', 'calibration'].map(name => ({
      name: `learning-${name}`,
      path: `/learning?tab=${name}`,
    })),
    { name: 'value', path: '/value' },
    { name: 'customer-value', path: tab('value') },
    { name: 'products', path: '/products' },
    { name: 'products-rules', path: '/products?tab=rules' },
    { name: 'products-categories', path: '/products?tab=categories' },
    { name: 'products-backtest', path: '/products?tab=backtest' },
    { name: 'product', path: '/products/85123A' },
    { name: 'needs', path: '/needs' },
    { name: 'need', path: '/needs/NEW-CHILD', act: page => page.waitForTimeout(800) },
    { name: 'catalogues', path: '/catalogues' },
    { name: 'catalogue', path: '/catalogues/GARDEN-DAYS' },
    { name: 'catalogue-recipients', path: '/catalogues/GARDEN-DAYS?tab=recipients' },
    { name: 'features', path: '/features' },
    { name: 'feature', path: '/features?feature=recency_days' },
    { name: 'alarms', path: '/alarms' },
    { name: 'alarms-segments', path: '/alarms?tab=segments' },
    { name: 'alarms-settings', path: '/alarms?tab=settings' },
    { name: 'models', path: '/models' },
    { name: 'plan', path: '/plan' },
    { name: 'plan-offers', path: '/plan?tab=offers' },
    { name: 'plan-policy', path: '/plan?tab=policy' },
    { name: 'campaigns', path: '/campaigns' },
    { name: 'campaign', path: `/campaigns/${campaign}` },
    { name: 'templates', path: '/templates', act: page => page.waitForTimeout(2500) },
    { name: 'template', path: '/templates/letter', act: page => page.waitForTimeout(2500) },
    { name: 'template-versions', path: '/templates/letter?tab=versions' },
    { name: 'template-proofs', path: '/templates/letter?tab=proofs' },
    { name: 'template-settings', path: '/templates/letter?tab=settings' },
    { name: 'fragments', path: '/fragments' },
    { name: 'letters', path: '/letters' },
    { name: 'print-runs', path: '/print-runs' },
    { name: 'learning', path: '/learning' },
    { name: 'surveys', path: '/surveys' },
    { name: 'cases', path: '/cases' },
    { name: 'cases-open', path: '/cases?open=new', act: page => page.waitForTimeout(600) },
    { name: 'call-lists', path: '/call-lists' },
    { name: 'kiosks', path: '/kiosks' },
    { name: 'themes', path: '/themes' },
    { name: 'themes-product', path: '/themes?view=product' },
    { name: 'themes-words', path: '/themes?view=words' },
    {
      name: 'theme-behind',
      path: '/themes?view=kind&open=complaint',
      act: page => page.waitForTimeout(1500),
    },
    { name: 'notices', path: '/cases', act: openBell },
    { name: 'call-lists', path: '/call-lists' },
    { name: 'team-objections', path: '/team?tab=objections' },
    { name: 'team-trials', path: '/team?tab=trials' },
    { name: 'objection', path: '/fragments/objection-too-dear' },
    { name: 'inbox', path: '/inbox' },
    { name: 'inbox-thread', path: '/inbox?state=all&thread=1' },
    { name: 'team', path: '/team' },
    { name: 'team-improve', path: '/team/improve' },
    { name: 'kinds', path: '/kinds' },
    { name: 'kind', path: '/kinds?kind=bill', act: page => page.waitForTimeout(600) },
    { name: 'kinds-sms', path: '/kinds?tab=sms' },
    { name: 'communications', path: '/communications' },
    { name: 'tasks', path: '/tasks' },
    { name: 'task', path: `/tasks/${task}` },
    { name: 'palette', path: '/', act: openPalette },
    { name: 'not-found', path: '/nowhere' },
  ]
}

/** Somebody with a bill to look at. */
async function someCustomer(ask: <T>(path: string) => Promise<T>): Promise<number> {
  const bills = await ask<{ rows: { customerId: number }[] }>('/communications?kind=bill&state=composed&limit=1')
  return (
    bills.rows[0]?.customerId ??
    (await ask<{ rows: { customerId: number }[] }>('/customers?limit=1')).rows[0]?.customerId ??
    1
  )
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('listbox').waitFor()
}

async function openBell(page: Page): Promise<void> {
  await page.locator('.bell').click()
  await page.waitForTimeout(500)
}

async function shoot(page: Page, shot: Shot, look: Look, into: string, complaints: string[]): Promise<void> {
  const name = `${shot.name}.${look.lang}.${look.width}.${look.theme}`
  const said: string[] = []
  const listen = (text: string): void => void said.push(text)
  page.on('pageerror', error => listen(error.message))
  page.on('console', message => {
    // Nobody is signed in before signing in.
    if (message.type() === 'error' && !/status of 401/.test(message.text())) listen(message.text())
  })
  await page.goto(shot.path)
  await page.waitForLoadState('networkidle')
  await shot.act?.(page)
  await page.waitForTimeout(250)
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  if (overflow > 1) complaints.push(`${name}: ${overflow} px too wide`)
  complaints.push(...said.map(text => `${name}: ${text}`))
  await page.screenshot({ path: join(into, `${name}.png`), fullPage: true })
}

const looks: Look[] = [
  { lang: 'zh-CN', theme: 'light', width: 1440 },
  { lang: 'en', theme: 'light', width: 1440 },
  { lang: 'zh-CN', theme: 'dark', width: 1440 },
  { lang: 'en', theme: 'dark', width: 1440 },
  { lang: 'zh-CN', theme: 'light', width: 390 },
  { lang: 'en', theme: 'light', width: 390 },
  { lang: 'zh-CN', theme: 'dark', width: 390 },
  { lang: 'en', theme: 'dark', width: 390 },
]

async function main(into: string, secret: string): Promise<number> {
  await mkdir(into, { recursive: true })
  const browser = await launchBrowser()
  const complaints: string[] = []
  const chosen = (process.env['HUIYIN_LOOKS'] ?? '').split(',').filter(Boolean)
  try {
    for (const look of looks) {
      if (chosen.length > 0 && !chosen.includes(`${look.lang}.${look.width}.${look.theme}`)) continue
      const context = await contextAs(browser, look, url)
      const wanted = (name: string): boolean => only.length === 0 || only.includes(name)
      if (wanted('sign-in'))
        await shoot(await context.newPage(), { name: 'sign-in', path: '/sign-in' }, look, into, complaints)
      const signedIn = await context.request.post('/api/v1/session', {
        headers: { 'x-huiyin': '1' },
        data: { login, password: secret },
      })
      if (!signedIn.ok()) throw new Error(`sign-in failed: ${signedIn.status()}`)
      for (const shot of await pagesOf(context)) {
        if (!wanted(shot.name)) continue
        const page = await context.newPage()
        await shoot(page, shot, look, into, complaints)
        await page.close()
      }
      await context.close()
    }
  } finally {
    await browser.close()
  }
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`)
  return complaints.length > 0 ? 1 : 0
}

if (folder === undefined || password === undefined) {
  process.stderr.write('usage: HUIYIN_PASSWORD=… node e2e/screens.ts FOLDER [page …]\n')
  process.exitCode = 2
} else process.exitCode = await main(folder, password)
