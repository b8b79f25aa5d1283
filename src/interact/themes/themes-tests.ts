/** For tests: bills, and what customers brought to us about them, in an app that is open. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { App } from '../../platform/app.ts'
import { openSession } from '../../platform/auth/sessions.ts'
import { addUser } from '../../platform/auth/users.ts'
import { buildServer } from '../../platform/http/server.ts'
import type { CaseKind } from '../cases/tables.ts'
import { addDays, dayOf } from './periods.ts'
import { tellRisingThemes } from './watches.ts'

const today = dayOf(Date.now())

const idOf = (customer: number): string => customer.toString(16).padStart(32, '0')

/** As many bills in both windows; since three weeks ago they are of version 2. */
async function documents(app: App): Promise<void> {
  for (const [version, customer, back] of [
    [1, 1, 50],
    [1, 501, 42],
    [2, 1001, 21],
    [2, 1501, 14],
  ] as const)
    await app.facts.exec(
      `INSERT INTO communications (run_id, communication_id, customer_id, kind, class, channel, template, template_version, state, composed_at)
       SELECT 77, leftPad(lower(hex(number + {customer:UInt64})), 32, '0'), number + {customer:UInt64}, 'bill', 'service', 'print', 'bill', {version:UInt32}, 'composed',
         toDateTime64({day:String}, 3, 'UTC') FROM numbers(500)`,
      { version, customer, day: `${addDays(today, -back)} 08:00:00` },
    )
  await app.facts.exec(
    'INSERT INTO communication_places (communication_id, run_id, customer_id) SELECT communication_id, run_id, customer_id FROM communications',
  )
  await app.facts.exec(
    `INSERT INTO import_commits (import_id, source, file, file_sha256, committed_at) VALUES (1, 'catalogue', 'x', repeat('0', 64), now64(3))`,
  )
  await app.facts.exec(
    `INSERT INTO products (product_code, import_id, name_en, name_zh, category, category_en, category_zh) VALUES ('LAMP-7', 1, 'Lamp', '台灯', 'LIGHT', 'Lighting', '灯具')`,
  )
}

/** Disputes about version 2 are new; requests go on as ever; one angry customer writes ten times. */
async function voices(app: App): Promise<void> {
  const open = (kind: CaseKind, customer: number, back: number, words: string, line = '') => ({
    customer_id: customer,
    kind,
    category: kind === 'dispute' ? 'bill-line' : kind === 'request' ? 'copy' : 'service',
    title: words.slice(0, 10),
    words,
    language: 'zh-CN',
    communication_id: kind === 'dispute' ? idOf(customer) : '',
    line,
    product_code: '',
    source: 'portal',
    state: 'open' as const,
    level: 0,
    opened_at: new Date(`${addDays(today, -back)}T09:00:00Z`),
    due_at: new Date(),
    resolution: '',
    told_how: '',
    updated_at: new Date(),
  })
  const some = Array.from({ length: 20 }, (_, at) => [
    open(
      'dispute',
      1001 + at,
      1 + (at % 12),
      '运费重复计算了，请更正 13800138000',
      `2026-0${1 + (at % 9)}-01 · 5368${at} · 运费 · 12.0${at % 9} CNY`,
    ),
    open('request', 1 + at, at % 2 === 0 ? 40 : 10, at % 2 === 0 ? '请补发发票' : '请补发账单 LAMP-7'),
  ])
  const angry = Array.from({ length: 10 }, (_, at) => open('complaint', 77, 3, `第 ${at} 次来信，仍无人答复`))
  await app.workflow.db
    .insertInto('cases')
    .values([...some.flat(), ...angry])
    .execute()
}

export function themeTests(opened: () => App): void {
  let app: App
  let http: Awaited<ReturnType<typeof buildServer>>
  const cookies: Record<string, string> = {}

  before(async () => {
    app = opened()
    http = await buildServer(app, {
      stages: [(await import('../index.ts')).stage],
      webRoot: join(app.config.dataDir, 'no-web'),
    })
    for (const [login, role] of [
      ['anna', 'agent'],
      ['lena', 'segment-manager'],
      ['otto', 'analyst'],
    ] as const) {
      const user = await addUser(app, { login, name: login, roles: [role], password: 'long enough', lang: 'en' })
      cookies[login] = `huiyin_session=${(await openSession(app, user)).token}`
    }
    await documents(app)
    await voices(app)
  })
  after(() => http.close())

  async function ask(who: string, method: 'GET' | 'PUT' | 'POST', url: string, payload?: object) {
    const answer = await http.inject({
      method,
      url: `/api/v1${url}`,
      headers: { cookie: cookies[who]!, 'x-huiyin': '1' },
      ...(payload ? { payload } : {}),
    })
    const json = answer.headers['content-type']?.toString().includes('json')
    return { status: answer.statusCode, text: answer.body, body: json ? answer.json() : null }
  }

  test('what rises is named by document version, line and words, with its rate; what goes on as ever is not', async () => {
    const { status, body } = await ask('lena', 'GET', '/themes?by=week')
    assert.equal(status, 200)
    assert.equal(body.basis, 'documents')
    const rising = body.rows.filter((row: { verdict: string }) => row.verdict === 'rising')
    const named = rising.map((row: { dimension: string; key: string }) => `${row.dimension} ${row.key}`)
    for (const one of ['kind dispute', 'category dispute/bill-line', 'line 运费', 'document bill'])
      assert.ok(named.includes(one), `${one} of ${named.join(', ')}`)
    assert.ok(
      rising.some((row: { dimension: string; key: string }) => row.dimension === 'words' && row.key.includes('运费')),
    )
    assert.ok(!named.some((one: string) => one.includes('request')), named.join(', '))
    assert.ok(!named.includes('kind complaint'), 'ten letters of one customer are one')
    const bill = rising.find((row: { dimension: string }) => row.dimension === 'document')
    assert.deepEqual([bill.now.customers, bill.before.customers], [20, 0])
    // 500 bills three weeks and 500 two weeks old, and what of the older ones was still read: 1000 × 21.5/28 + the rest of 42 days back.
    assert.ok(
      bill.now.rate.low < bill.now.rate.rate && bill.now.rate.rate < bill.now.rate.high && bill.now.rate.rate > 150,
    )
    assert.equal(
      bill.series.reduce((sum: number, count: number) => sum + count, 0),
      20,
    )
  })

  test('a version is compared with its own documents; products are known by code, category and words', async () => {
    const templates = (await ask('lena', 'GET', '/themes?view=template')).body.rows
    assert.deepEqual(
      templates.map((row: { key: string; now: { customers: number }; before: { rate: unknown } }) => [
        row.key,
        row.now.customers,
        row.before.rate,
      ]),
      [['bill@2', 20, null]],
    )
    const [product] = (await ask('lena', 'GET', '/themes?view=product')).body.rows
    assert.deepEqual([product.key, product.name.zh, product.now.customers], ['LAMP-7', '台灯（LAMP-7）', 10])
    const [category] = (await ask('lena', 'GET', '/themes?view=product-category')).body.rows
    assert.equal(category.name.en, 'Lighting')
  })

  test('behind a theme lie its cases, with numbers hidden from who may not see them; the file has the same rows', async () => {
    const path = `/themes/voices?dimension=line&key=${encodeURIComponent('运费')}&limit=5`
    const lead = (await ask('lena', 'GET', path)).body
    assert.deepEqual([lead.total, lead.rows.length], [20, 5])
    assert.match(lead.rows[0].words, /138\*\*\*\*8000|\*{4}8000/)
    assert.match(lead.rows[0].path, /^\/cases\/\d+$/)
    assert.match((await ask('anna', 'GET', path)).body.rows[0].words, /13800138000/)
    assert.equal((await ask('otto', 'GET', path)).status, 403)
    const words = (await ask('lena', 'GET', '/themes?view=words')).body.rows.find((row: { key: string }) =>
      row.key.includes('运费'),
    )
    const behind = await ask('lena', 'GET', `/themes/voices?dimension=words&key=${encodeURIComponent(words.key)}`)
    assert.equal(behind.body.total, 20)
    const csv = (await ask('lena', 'GET', '/themes/export?view=kind')).text
    assert.match(csv, /Dispute/)
    assert.match(csv, /rising/)
  })

  test('who watches a theme is told once when it rises, and sees the notice', async () => {
    const watch = { dimension: 'document', key: 'bill', name: { en: 'Bill', zh: '账单' }, watch: true }
    assert.equal((await ask('lena', 'PUT', '/themes/watches', watch)).status, 200)
    await ask('anna', 'PUT', '/themes/watches', { ...watch, key: 'letter' })
    assert.deepEqual(await tellRisingThemes(app), { told: 1 })
    assert.deepEqual(await tellRisingThemes(app, addDays(today, 1)), { told: 0 }, 'told within four weeks')
    const { unseen, rows } = (await ask('lena', 'GET', '/notices')).body
    assert.equal(unseen, 1)
    assert.match(rows[0].says.en, /20 customers/)
    assert.equal((await ask('anna', 'GET', '/notices')).body.rows.length, 0)
    // Nobody sees another's notice away.
    await ask('anna', 'POST', '/notices/seen', { noticeId: rows[0].noticeId })
    assert.equal((await ask('lena', 'GET', '/notices')).body.unseen, 1)
    assert.equal((await ask('lena', 'POST', '/notices/seen', { noticeId: null })).body.unseen, 0)
    const shown = (await ask('lena', 'GET', '/themes?view=document')).body.rows[0]
    assert.equal(shown.watched, true)
    assert.deepEqual((await ask('lena', 'PUT', '/themes/watches', { ...watch, watch: false })).body.rows, [])
  })
}
