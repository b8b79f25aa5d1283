/** Open to the world: the script, and the address it writes to. Nothing can be read here. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App, Http } from '../../platform/app.ts'
import { intakeOf } from '../events/intake.ts'
import { placeVisitor } from '../events/place-waiting.ts'
import { webErrors } from './errors.ts'
import { rateLimit } from './rate-limit.ts'
import { eventsOf, type Hits, hits, MOST_BYTES } from './read-hits.ts'
import { webScript } from './script.ts'
import { type WebSite, webSites } from './sites.ts'
import { customerOfToken } from './visitor-token.ts'

const HOUR = 'public, max-age=3600'
const FOR_EVER = 'public, max-age=31536000, immutable'
/** A site's settings are looked up at most so often: a change on the page holds within this time. */
const REMEMBER_MS = 2000
/** Of one address: a page of a busy shop sends one request in some seconds. */
const BURST = 60
const PER_SECOND = 5

export function publicRoutes(http: Http, app: App): void {
  scriptRoutes(http)
  void http.register(async scope => {
    const api = scope as unknown as Http
    api.removeAllContentTypeParsers()
    // Beacons say text/plain, so that no question goes ahead of them.
    api.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MOST_BYTES }, (_req, body, done) => done(null, body))
    hitRoutes(api, app)
  })
}

function scriptRoutes(http: Http): void {
  const send = (req: FastifyRequest, reply: FastifyReply, caching: string) => {
    const script = webScript()
    const packed = /\bgzip\b/.test(req.headers['accept-encoding'] ?? '')
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', caching)
      .header('etag', `"${script.hash}"`)
      .header('vary', 'accept-encoding')
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
    if (req.headers['if-none-match'] === `"${script.hash}"`) return reply.code(304).send()
    return packed ? reply.header('content-encoding', 'gzip').send(script.gzip) : reply.send(script.code)
  }
  http.get('/huiyin.js', { schema: { hide: true } }, (req, reply) => send(req, reply, HOUR))
  http.get('/huiyin.:hash.js', { schema: { hide: true } }, (req, reply) => {
    const { hash } = req.params as { hash: string }
    // An old page may ask for an old script: it gets today's, but not for ever.
    return send(req, reply, hash === webScript().hash ? FOR_EVER : HOUR)
  })
}

function hitRoutes(http: Http, app: App): void {
  const limit = rateLimit(BURST, PER_SECOND)
  let sites: readonly WebSite[] = []
  let asked = 0
  const siteOf = async (key: string): Promise<WebSite | undefined> => {
    if (Date.now() - asked > REMEMBER_MS) {
      sites = await webSites(app)
      asked = Date.now()
    }
    return sites.find(site => site.siteKey === key)
  }

  http.post('/e', { bodyLimit: MOST_BYTES, schema: { hide: true } }, async (req, reply) => {
    const seconds = limit.take(req.ip)
    if (seconds > 0) {
      reply.header('retry-after', String(seconds))
      throw webErrors['collect.hits-too-many']({ seconds })
    }
    const sent = readHits(req.body)
    const site = await siteOf(sent.k)
    const { origin = '' } = req.headers
    if (!site?.origins.includes(origin)) throw webErrors['collect.site-refused']()
    reply.header('access-control-allow-origin', origin).header('vary', 'origin')
    // The visitor's browser says that nothing shall be kept, whatever the page's script did (Global Privacy Control).
    const refused = req.headers['sec-gpc'] === '1'
    if (!refused && !site.paused) await keep(app, sent, site)
    return reply.code(204).send()
  })
}

function readHits(body: unknown): Hits {
  try {
    return hits.parse(JSON.parse(String(body)))
  } catch (error) {
    throw webErrors['collect.hits-bad']({}, error)
  }
}

async function keep(app: App, sent: Hits, site: WebSite): Promise<void> {
  const intake = intakeOf(app)
  const customer = sent.x === undefined ? null : await customerOfToken(app, sent.x)
  if (customer !== null) {
    await app.facts.insert('visitor_links', [{ visitor: sent.v, customer_id: customer, at: new Date() }])
    intake.forget()
  }
  if (sent.e.length > 0) {
    const bytes = Buffer.from(JSON.stringify(eventsOf(sent, Date.now())))
    const release = intake.reserve(bytes.length)
    try {
      await intake.take({ bytes, lines: false, visitor: { kind: 'visitor', key: sent.v, source: site.name } })
    } finally {
      release()
    }
  }
  if (customer !== null) await placeVisitor(app, sent.v, customer)
}
