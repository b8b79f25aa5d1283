/** For tests: customers who agreed to electronic papers among those of an invented turn, and what must come of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simpleParser } from 'mailparser'
import { recordEvents, recordStatements, type Statement } from '../collect/index.ts'
import * as personalize from '../personalize/index.ts'
import type { App } from '../platform/app.ts'
import { refusals } from './gate/gate.ts'
import { inventedRuns } from './invented-turn.ts'
import { atGate } from './queue/at-gate.ts'

const statement = (customerId: number, what: object): Statement =>
  ({ customerId, at: new Date(), source: 'test', id: `${customerId}:${JSON.stringify(what)}`, ...what }) as Statement
const papers = (customer: number, channel: string, state: 'granted' | 'withdrawn' = 'granted') =>
  statement(customer, { kind: 'consent', purpose: 'electronic-papers', channel, state })
const wish = (customer: number, name: 'preferred-channel' | 'language', value: string) =>
  statement(customer, { kind: 'preference', name, value })

/** By what each said. */
const NAMES = [
  'mail',
  'mailByCost',
  'paperWish',
  'portal',
  'bounced',
  'taiwan',
  'changed',
  'silent',
  'emailWish',
] as const
type Who = Record<(typeof NAMES)[number] | 'complained', number>

/** Before the turn: of customers with a bill in the month and an address, the last nine say what they want. */
export async function sayHowPapersGo(app: App): Promise<Who> {
  const found = await app.facts.query<{ customer_id: number }>(
    `SELECT DISTINCT customer_id FROM golden_records
     WHERE street != '' AND language = 'zh-CN' AND name NOT LIKE '%😀%' AND customer_id IN (
       SELECT customer_id FROM purchases WHERE is_return = 0 AND sold_at >= '2010-11-01' AND sold_at < '2010-12-01')
     ORDER BY customer_id DESC LIMIT 9`,
  )
  // Planned for an offer on the statement, and complaining since.
  const { complained } = await app.facts.one<{ complained: number }>(
    `SELECT min(customer_id) AS complained FROM campaign_members
     WHERE channel = 'bill' AND arm = 'planned' AND customer_id IN (
       SELECT customer_id FROM golden_records WHERE street != '' AND name NOT LIKE '%😀%') AND customer_id IN (
       SELECT customer_id FROM purchases WHERE is_return = 0 AND sold_at >= '2010-11-01' AND sold_at < '2010-12-01')`,
  )
  const named = NAMES.map((name, at) => [name, found[at]!.customer_id] as const)
  const who = { ...Object.fromEntries(named), complained } as Who
  await recordStatements(app, [
    papers(who.mail, 'email'),
    wish(who.mail, 'preferred-channel', 'email'),
    papers(who.mailByCost, 'email'),
    papers(who.paperWish, 'email'),
    wish(who.paperWish, 'preferred-channel', 'letter'),
    papers(who.portal, 'portal'),
    papers(who.bounced, 'email'),
    papers(who.taiwan, 'email'),
    wish(who.taiwan, 'language', 'zh-TW'),
    papers(who.changed, 'email'),
    wish(who.emailWish, 'preferred-channel', 'email'),
  ])
  await recordEvents(app, [
    { eventId: 'complaint:1', customerId: complained, type: 'complaint', channel: 'call', at: new Date(), payload: {} },
    { eventId: 'bounce:1', customerId: who.bounced, type: 'bounce', channel: 'email', at: new Date(), payload: {} },
  ])
  const notice = { run_id: inventedRuns.plan, notice: 'TERMS-2011', channel: 'letter' }
  await app.facts.insert(
    'plan_notices',
    [who.mail, who.silent].map(customer_id => ({ ...notice, customer_id })),
  )
  return who
}

interface Row {
  id: string
  customer: number
  kind: string
  channel: string
  copy: number
  why: string
  state: string
  reason: string
  language: string
  slots: string
  offer: string
  data: string
}

export function electronicPaperTests(app: () => App, said: () => Who, asOf: string): void {
  const rows = (where: string): Promise<Row[]> =>
    app().facts.query(
      `SELECT communication_id AS id, customer_id AS customer, toString(kind) AS kind, toString(channel) AS channel, copy,
       toString(why) AS why, toString(state) AS state, toString(reason) AS reason, toString(language) AS language, slots, toString(offer) AS offer, data
     FROM communications WHERE ${where} ORDER BY customer, kind, copy`,
    )

  test('the law first, then the wish, then the cost; the ledger says which and why', async () => {
    const bills = new Map((await rows("kind = 'bill'")).map(row => [row.customer, row]))
    const goes = (customer: number) => `${bills.get(customer)?.channel} · ${bills.get(customer)?.why}`
    assert.equal(goes(said().mail), 'email · email:preferred print:not-asked portal:not-agreed')
    assert.equal(goes(said().mailByCost), 'email · email:cheapest print:dearer portal:not-agreed')
    assert.equal(goes(said().paperWish), 'print · print:preferred email:not-asked portal:not-agreed')
    assert.equal(goes(said().portal), 'portal · portal:cheapest print:dearer email:not-agreed')
    assert.equal(goes(said().bounced), 'print · print:only email:unreachable portal:not-agreed')
    assert.equal(goes(said().silent), 'print · print:only email:not-agreed portal:not-agreed')
    assert.equal(goes(said().emailWish), 'print · print:only email:not-agreed portal:not-agreed')
    assert.equal(bills.get(said().taiwan)?.language, 'zh-TW')
  })

  test('the same bill, three ways: what it says is the same, and each is shown again byte for byte', async () => {
    for (const customer of [said().mail, said().portal, said().silent]) {
      const [bill] = await rows(`kind = 'bill' AND customer_id = ${customer}`)
      assert.equal(bill?.state, 'composed', bill?.reason)
      const shown = await personalize.show(app(), bill!.id)
      const { total } = JSON.parse(bill!.data) as { total: number }
      const amount = `${Math.floor(total / 100)}`.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
      if (bill!.channel === 'email') {
        const mail = await simpleParser(Buffer.from(shown.bytes))
        assert.ok(mail.text?.includes(amount) && mail.attachments[0]?.contentType === 'application/pdf')
      } else if (bill!.channel === 'portal') {
        assert.ok(Buffer.from(shown.bytes).toString().includes(amount))
        assert.match(shown.mediaType, /^text\/html/)
      }
    }
    const [message] = await app().workflow.db.selectFrom('portal_messages').selectAll().execute()
    assert.equal(message?.customer_id, said().portal)
    assert.equal(message?.media_type, 'text/html; charset=utf-8')
  })

  test('legal mail goes on paper, and a duplicate by e-mail to whoever agreed to papers there', async () => {
    const notices = await rows("kind = 'notice'")
    const went = notices.map(({ customer, channel, copy }) => [customer, channel, copy])
    assert.deepEqual(
      went,
      [
        [said().mail, 'print', 0],
        [said().mail, 'email', 1],
        [said().silent, 'print', 0],
      ].sort(([a = 0], [b = 0]) => Number(a) - Number(b)),
    )
    const copy = notices.find(row => row.copy === 1)!
    assert.equal(copy.why, 'print:only email:copy')
    const mail = await simpleParser(Buffer.from((await personalize.show(app(), copy.id)).bytes))
    const [original] = notices.filter(row => row.customer === said().mail && row.copy === 0)
    assert.ok(mail.attachments[0] && original && copy.id !== original.id)
  })

  test('consent taken back after it was composed: refused at the gate, and by post the same bill', async () => {
    const [bill] = await rows(`kind = 'bill' AND customer_id = ${said().changed}`)
    const row = await personalize.manifestOf(app(), bill!.id)
    const run = { identityRun: inventedRuns.identity!, asOf }
    assert.deepEqual(await refusals(app(), run, [atGate(row)]), new Map())
    await recordStatements(app(), [papers(said().changed, 'email', 'withdrawn')])
    assert.deepEqual(await refusals(app(), run, [atGate(row)]), new Map([[bill!.id, 'no-paper-consent']]))
    const instead = { turnId: 1, asOf, runId: 3_000_000_001, identityRun: inventedRuns.identity!, partition: 0 }
    assert.equal(await personalize.composeInstead(app(), instead, [row], 'print'), 1)
    const [posted] = await rows(`communication_id = '${personalize.insteadId(bill!.id, 'print')}'`)
    assert.equal(posted?.channel, 'print')
    const same = ({ invoices, total, period }: Record<string, unknown>) => ({ invoices, total, period })
    assert.deepEqual(same(JSON.parse(posted!.data)), same(JSON.parse(bill!.data)))
    assert.ok((await personalize.show(app(), posted!.id)).bytes.length > 10_000)
  })

  test('a bill says which offer it made, and makes none beside a complaint', async () => {
    const bills = await rows("kind = 'bill' AND state = 'composed' AND channel = 'print'")
    const made = new Set<string>()
    for (const { slots, customer, offer } of bills) {
      const [choice] = JSON.parse(slots) as { content: string; freeMm: number; leftOut: object }[]
      assert.ok(choice && choice.freeMm > 0)
      made.add(choice.content)
      assert.equal(offer !== '', choice.content === 'offer', 'an offer that was left out was not made')
      if (customer === said().complained) {
        assert.equal(choice.content, 'tip')
        assert.deepEqual(choice.leftOut, { offer: 'openComplaint' })
      }
    }
    assert.ok(made.has('offer') && made.has('tip'))
    assert.ok(bills.some(({ customer }) => customer === said().complained))
  })

  test('kinds are edited, audited, and never against their templates', async () => {
    const bill = await personalize.kindOf(app(), 'bill')
    const reminder = { ...bill, code: 'reminder', name: { en: 'Reminder', zh: '催款函' } }
    await assert.rejects(personalize.saveKind(app(), 1, reminder), /personalize\.kind-template|Template bill/)
    const ways = [{ channel: 'print' as const, template: 'reminder' }]
    await personalize.saveKind(app(), 1, { ...reminder, ways })
    assert.ok((await personalize.kinds(app())).some(({ code }) => code === 'reminder'))
    await personalize.removeKind(app(), 1, 'reminder')
    await assert.rejects(personalize.removeKind(app(), 1, 'bill'), /stays/)
    await assert.rejects(personalize.saveKind(app(), 1, { ...bill, class: 'legal' }), /class/)
    const said = await app()
      .workflow.db.selectFrom('audit')
      .select('action')
      .where('object', '=', 'kind/reminder')
      .execute()
    assert.deepEqual(said.map(({ action }) => action).sort(), ['kind.add', 'kind.remove'])
  })
}
