import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { App, Http } from '../app.ts'

/** GET /healthz (200 when both stores answer, else 503) and GET /metrics (Prometheus). Neither says anything personal. */
export function healthRoutes(http: Http, app: App): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'huiyin_http_request_seconds',
    help: 'Time to answer by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers: [registry],
  })
  new Gauge({
    name: 'huiyin_jobs',
    help: 'Jobs by definition and state',
    labelNames: ['job', 'state'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const count of await app.jobs.counts()) {
        const job = `${count.name}@${count.version}`
        for (const state of ['active', 'queued', 'failed', 'completed'] as const) this.set({ job, state }, count[state])
      }
    },
  })

  http.addHook('onResponse', async (req, reply) => {
    const route = req.routeOptions.url ?? 'other'
    seconds.observe({ method: req.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    app.log.info(
      { reqId: req.id, method: req.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'request',
    )
  })

  http.get('/healthz', { schema: { hide: true } }, async (_req, reply) => {
    const works = async (what: Promise<unknown>) =>
      what.then(
        () => true,
        () => false,
      )
    const facts = await works(app.facts.query('SELECT 1 AS one'))
    const workflow = await works(app.workflow.db.selectFrom('counters').select('kind').limit(1).execute())
    return reply.code(facts && workflow ? 200 : 503).send({ ready: facts && workflow, facts, workflow })
  })

  http.get('/metrics', { schema: { hide: true } }, async (_req, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}
