import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { recordEvents } from '../src/collect/index.ts'
import { stages } from '../src/loop.ts'
import { loopRoutes } from '../src/loop-routes.ts'
import type { Http } from '../src/platform/app.ts'
import { permits, roles } from '../src/platform/auth/permissions.ts'
import { openSession } from '../src/platform/auth/sessions.ts'
import { addUser } from '../src/platform/auth/users.ts'
import { buildServer } from '../src/platform/http/server.ts'
import { marked, type SmallCompany, smallCompany } from './small-company.ts'

let company: SmallCompany
let http: Http
const cookies: Record<string, string> = {}

before(async () => {
  company = await smallCompany()
  const { app, customer, folder } = company
  await recordEvents(app, [
    {
      eventId: 'told',
      customerId: customer,
      type: 'answer',
      at: new Date(),
      payload: { fields: { mobile: marked.mobile, email: marked.email } },
    },
    {
      eventId: 'rang',
      customerId: customer,
      type: 'called',
      channel: 'call',
      at: new Date(),
      payload: { outcome: 'answered', from: marked.mobile },
    },
  ])
  http = await buildServer(app, { stages, more: loopRoutes, webRoot: join(folder, 'no-web') })
  await http.ready()
  for (const role of roles) {
    const userId = await addUser(app, { login: role, name: role, roles: [role], password: 'long enough' })
    cookies[role] = `huiyin_session=${(await openSession(app, userId)).token}`
  }
})
after(async () => {
  await http.close()
  await company.app.close()
  await rm(company.folder, { recursive: true, force: true })
})

/** As they are written anywhere: E.164, as given, with spaces. */
const CONTACT = [marked.mobile, '139 8765 4321', marked.email, '9988号', marked.birth]
/** One at a time, logged, by unmasking: nobody gets it in a list or on a page. */
const NEVER = [marked.idNumber]

/** What stands for a place in a path, so that the answer is about the marked person wherever it can be. */
async function places(): Promise<Record<string, string[]>> {
  const { app, customer } = company
  const one = async (sql: string) =>
    (await app.facts.query<{ id: string }>(sql, { customer })).map(row => String(row.id))
  return {
    customers: [String(customer)],
    communications: await one(
      'SELECT DISTINCT communication_id AS id FROM communications WHERE customer_id = {customer:UInt64}',
    ),
    segments: await one('SELECT DISTINCT segment AS id FROM segment_members'),
    imports: await one('SELECT DISTINCT import_id AS id FROM import_commits'),
    quarantine: await one('SELECT DISTINCT import_id AS id FROM quarantine'),
    templates: ['bill', 'letter', 'email', 'sms', 'script'],
    other: ['1', 'crm', 'shop', 'x'],
  }
}

interface Described {
  parameters?: { name: string; in: string }[]
}

/** All of a list at once, and what a search finds: as far as the route knows such questions. */
function queriesOf({ parameters = [] }: Described): string[] {
  const knows = (name: string) => parameters.some(parameter => parameter.in === 'query' && parameter.name === name)
  return [
    '',
    ...(knows('limit') ? ['?limit=500'] : []),
    ...(knows('q') ? [`?q=${encodeURIComponent(marked.email)}`, `?q=${marked.mobile}`] : []),
  ]
}

test('no route answers a personal value to a role that must not see it', async () => {
  const { paths: described } = (
    http as unknown as { swagger(): { paths: Record<string, { get?: Described }> } }
  ).swagger()
  const paths = Object.entries(described).flatMap(([path, { get }]) => (get ? [{ path, queries: queriesOf(get) }] : []))
  assert.ok(paths.length > 40, `${paths.length} routes`)
  const known = await places()
  const leaks: string[] = []
  const broken: string[] = []
  const answered = new Set<string>()
  for (const role of roles.filter(candidate => candidate !== 'administrator')) {
    const forbidden = [...NEVER, ...(permits({ roles: [role] }, 'customers.contact') ? [] : CONTACT)]
    for (const { path, queries } of paths) {
      if (/\/docs|openapi/.test(path)) continue
      const kind = Object.keys(known).find(name => path.includes(`/${name}/{`)) ?? 'other'
      for (const value of path.includes('{') ? known[kind]! : ['']) {
        const url = path.replace(/\{[^}]+\}/g, encodeURIComponent(value))
        for (const query of queries) {
          const answer = await http.inject({ method: 'GET', url: url + query, headers: { cookie: cookies[role]! } })
          if (answer.statusCode === 200) answered.add(`${role} ${path}`)
          if (answer.statusCode >= 500) broken.push(`${url}${query} as ${role}: ${answer.body.slice(0, 200)}`)
          const text = `${answer.body}${JSON.stringify(answer.headers)}`
          for (const secret of forbidden)
            if (text.includes(secret)) leaks.push(`${role} GET ${path}${query.slice(0, 4)}: ${secret}`)
        }
      }
    }
  }
  assert.deepEqual([...new Set(leaks)], [])
  assert.deepEqual(broken, [])
  assert.ok(answered.size > 100, `${answered.size} pairs of role and route answered`)
  // The walk would find a leak: who may see contacts does see them on the customer's page.
  const seen = await http.inject({
    method: 'GET',
    url: `/api/v1/customers/${company.customer}`,
    headers: { cookie: cookies['agent']! },
  })
  assert.ok(seen.body.includes(marked.mobile) && seen.body.includes(marked.email))
})

test('an unmasked value is in the log with who, what and why, and the log is searched by customer', async () => {
  const { customer } = company
  const shown = await http.inject({
    method: 'POST',
    url: `/api/v1/customers/${customer}/unmask`,
    headers: { cookie: cookies['steward']!, 'x-huiyin': '1' },
    payload: { field: 'id_number', reason: 'passport check' },
  })
  assert.equal(shown.json().value, marked.idNumber)
  const log = await http.inject({
    method: 'GET',
    url: `/api/v1/rights/access?q=${customer}&action=customer.unmask`,
    headers: { cookie: cookies['steward']! },
  })
  const [row] = log.json().rows
  assert.deepEqual(
    [row.user, row.field, row.reason, row.object],
    ['steward', 'id_number', 'passport check', `customer/${customer}`],
  )
  assert.ok(!log.body.includes(marked.idNumber))
})
