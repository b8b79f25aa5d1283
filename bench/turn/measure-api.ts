import type { App, Http } from '../../src/platform/app.ts'
import { percentile } from '../bench.ts'

interface Call {
  page: string
  path: string
}

/** Every API call that a page makes, over many customers; milliseconds at the 50th and 95th percentile by route. */
export async function measureApi(app: App, http: Http, token: string, rounds: number) {
  const customers = await app.facts.query<{ id: number; name: string; mobile: string }>(
    `SELECT customer_id AS id, name, mobile FROM golden_records WHERE run_id = {run:UInt64} ORDER BY cityHash64(customer_id) LIMIT {rounds:UInt32}`,
    { run: (await app.runs.latest('identity')) ?? 0, rounds },
  )
  const get = async (path: string) => {
    const started = performance.now()
    const answer = await http.inject({
      method: 'GET',
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${token}` },
    })
    if (answer.statusCode >= 300 && answer.statusCode !== 404)
      throw new Error(`${path}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
    return { ms: performance.now() - started, body: answer }
  }
  const segments = (await get('/segments')).body.json<{ rows: { id: string }[] }>().rows
  const calls: Call[] = []
  for (const [i, customer] of customers.entries()) {
    const segment = segments[i % segments.length]?.id ?? ''
    const q = [customer.name, customer.name.slice(0, 2), customer.mobile.slice(-8), 'wang wei', 'zl'][i % 5] ?? ''
    calls.push(
      { page: 'loop', path: '/loop' },
      { page: 'customers', path: '/customers?offset=0&limit=100' },
      { page: 'customers search', path: `/customers?q=${encodeURIComponent(q)}&limit=50` },
      { page: 'customers by segment', path: `/customers?segment=${segment}&offset=${i * 50}&limit=50` },
      ...['', '/insight', '/plan', '/purchases', '/events', '/communications', '/deliveries'].map(part => ({
        page: `customer${part}`,
        path: `/customers/${customer.id}${part}`,
      })),
      { page: 'segments', path: '/segments' },
      { page: 'segment members', path: `/segments/${segment}/members?offset=${i * 50}&limit=50` },
      { page: 'board', path: '/board' },
      { page: 'models', path: '/models' },
      { page: 'plan', path: '/plan' },
      { page: 'campaigns', path: '/campaigns' },
      { page: 'quality', path: '/quality' },
      { page: 'quarantine', path: '/quarantine' },
      { page: 'tasks', path: '/tasks?limit=50' },
      { page: 'templates', path: '/templates' },
    )
  }
  const times = new Map<string, number[]>()
  for (const call of calls) {
    const { ms } = await get(call.path)
    times.set(call.page, [...(times.get(call.page) ?? []), ms])
  }
  return Object.fromEntries(
    [...times].map(([page, ms]) => [
      page,
      { p50: Math.round(percentile(ms, 0.5)), p95: Math.round(percentile(ms, 0.95)) },
    ]),
  )
}
