/** Open to the world: what links in messages lead to. Each carries a token that only we can sign; nothing else can be asked here. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { companyName, type LinkUse, linkKey, linkSecret, linkToken, readLink } from '../personalize/index.ts'
import type { App, Http } from '../platform/app.ts'
import { textIn } from '../platform/text.ts'
import { hitsOf } from './answers/hits.ts'
import { type Addressee, addressees } from './answers/of-communication.ts'
import { changeWishes, type WishChannel, wishesOf } from './answers/wishes.ts'
import { smsCallbackRoutes } from './channels/sms/callback-routes.ts'
import { makeFirstModel } from './inbox/model-store.ts'
import { kioskRoutes } from './kiosk/routes.ts'
import { type Listeners, runListeners } from './listener/run-listeners.ts'
import { portalRoutes } from './portal/routes.ts'
import { langAsked, type PageLang, sendPage } from './preference-centre/page.ts'
import { typedForm } from './preference-centre/typed-form.ts'
import { readWishForm, wishForm } from './preference-centre/wish-form.ts'
import { word } from './preference-centre/words.ts'
import { closePools } from './senders/pools.ts'
import { surveyPages } from './surveys/public-page.ts'

/** Transparent, 1 × 1. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const MOST_BYTES = 16 * 1024

export function publicRoutes(http: Http, app: App): void {
  void http.register(async scope => {
    const api = scope as unknown as Http
    api.removeAllContentTypeParsers()
    // Forms, the one-click body in either of its two types (RFC 8058, 3.2), callbacks of providers: read as they are.
    api.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 1024 * 1024 }, (_req, body, done) => done(null, body))
    linkRoutes(api, app)
    wishRoutes(api, app)
    surveyPages(api, app)
    smsCallbackRoutes(api, app)
    portalRoutes(api, app)
    kioskRoutes(api, app)
  })
  // While the server runs, and only then: a command has no ears.
  let listeners: Listeners | undefined
  http.addHook('onListen', async () => {
    listeners = runListeners(app)
    void listeners.look()
    await makeFirstModel(app)
  })
  http.addHook('onClose', async () => {
    await Promise.all([hitsOf(app).close(), listeners?.close(), closePools(app)])
  })
}

const hide = { schema: { hide: true } } as const
const tokenOf = (req: FastifyRequest): string => String((req.params as { token: string }).token)

function linkRoutes(http: Http, app: App): void {
  const note = (req: FastifyRequest, use: 'open' | 'click', id: string, target: string) =>
    hitsOf(app).add({
      id,
      use,
      target,
      at: Date.now(),
      method: req.method,
      userAgent: (req.headers['user-agent'] ?? '').slice(0, 300),
      purpose: String(req.headers['sec-purpose'] ?? req.headers['purpose'] ?? req.headers['x-purpose'] ?? ''),
    })

  // HEAD comes along with GET.
  http.get('/c/:token', { ...hide, exposeHeadRoute: true }, async (req, reply) => {
    const link = readLink(await linkSecret(app), 'c', tokenOf(req))
    if (!link || !/^https?:\/\//.test(link.target)) return badLink(app, req, reply)
    note(req, 'click', link.id, link.target)
    return reply
      .code(302)
      .header('location', link.target)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .send()
  })
  http.get('/o/:token', { ...hide, exposeHeadRoute: true }, async (req, reply) => {
    const link = readLink(await linkSecret(app), 'o', tokenOf(req).replace(/\.gif$/, ''))
    if (link) note(req, 'open', link.id, '')
    return reply
      .type('image/gif')
      .header('cache-control', 'no-store, private')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(PIXEL)
  })
}

interface Opened {
  to: Addressee
  lang: PageLang
  channel: WishChannel
}

async function opened(app: App, req: FastifyRequest, use: LinkUse): Promise<Opened | null> {
  const link = readLink(await linkSecret(app), use, tokenOf(req))
  if (!link) return null
  const to = (await addressees(app, [link.id])).get(link.id)
  if (!to) return null
  const channel = to.channel === 'print' ? 'letter' : (to.channel as WishChannel)
  return { to, lang: langAsked(req, to.language), channel }
}

async function badLink(app: App, req: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const lang = langAsked(req, req.headers['accept-language'] ?? 'en')
  const sender = textIn(await companyName(app), lang)
  return sendPage(
    reply,
    { lang, sender, title: word(lang, 'bad.title'), body: `<p>${word(lang, 'bad.body')}</p>` },
    404,
  )
}

function wishRoutes(http: Http, app: App): void {
  // Fetched by scanners too: a look at the page changes nothing.
  http.get('/u/:token', hide, async (req, reply) => {
    const found = await opened(app, req, 'u')
    if (!found) return badLink(app, req, reply)
    const { lang, channel } = found
    const body = `<p>${word(lang, 'off.ask', channel)}</p><form method="post"><button>${word(lang, 'off.button')}</button></form>`
    return sendPage(reply, { lang, title: word(lang, 'off.title'), body, sender: textIn(await companyName(app), lang) })
  })

  // RFC 8058: at once, no question, no redirect; a mail program sends it without a person looking at the answer.
  http.post('/u/:token', { ...hide, bodyLimit: MOST_BYTES }, async (req, reply) => {
    const found = await opened(app, req, 'u')
    if (!found) return badLink(app, req, reply)
    const { lang, channel, to } = found
    const oneClick = String(req.body ?? '').includes('List-Unsubscribe=One-Click')
    await changeWishes(app, to, { channels: { [channel]: false } }, oneClick ? 'one-click' : 'unsubscribe-page')
    const more = linkToken(linkKey(await linkSecret(app), to.id), 'p', to.id)
    return sendPage(reply, {
      lang,
      title: word(lang, 'off.done.title'),
      body: `<p>${word(lang, 'off.done', channel)}</p><p><a href="../p/${more}?lang=${lang}">${word(lang, 'off.more')}</a></p>`,
      sender: textIn(await companyName(app), lang),
    })
  })

  http.get('/p/:token', hide, async (req, reply) => {
    const found = await opened(app, req, 'p')
    if (!found) return badLink(app, req, reply)
    return wishPage(app, reply, found, '')
  })

  http.post('/p/:token', { ...hide, bodyLimit: MOST_BYTES }, async (req, reply) => {
    const found = await opened(app, req, 'p')
    if (!found) return badLink(app, req, reply)
    const change = readWishForm(typedForm(req.body), await wishesOf(app, found.to))
    await changeWishes(app, found.to, change, 'preference-centre')
    return wishPage(app, reply, found, `<p class="done" role="status">${word(found.lang, 'wish.saved')}</p>`)
  })
}

async function wishPage(app: App, reply: FastifyReply, { to, lang }: Opened, above: string): Promise<FastifyReply> {
  const body = above + wishForm(lang, await wishesOf(app, to))
  return sendPage(reply, { lang, title: word(lang, 'wish.title'), body, sender: textIn(await companyName(app), lang) })
}
