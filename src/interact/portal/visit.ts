/** One request of a customer: where, in which language, by whom. What a handler returns is a page, or where to go. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { companyName } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { LOCAL_USER_ID } from '../../platform/http/gate.ts'
import { DEVICE_COOKIE, type Kiosk, kioskOfDevice } from '../kiosk/devices.ts'
import { READ_LANGS, sendPage } from '../preference-centre/page.ts'
import { typedForm } from '../preference-centre/typed-form.ts'
import { portalErrors } from './errors.ts'
import { type Html, html } from './html.ts'
import { navOf } from './nav.ts'
import type { Place } from './place.ts'
import { change, isOurs, type Session, sessionOf } from './sessions.ts'
import { STYLE } from './style.ts'
import { unreadOf } from './unread.ts'
import { readLang, type Words, wordsIn } from './words.ts'

export interface Visit {
  app: App
  place: Place
  req: FastifyRequest
  reply: FastifyReply
  words: Words
  form: URLSearchParams
  session: Session | null
  kiosk: Kiosk | null
}

/** Somebody who is signed in. */
export interface Guest extends Visit {
  session: Session
  customerId: number
}

export interface Page {
  title: string
  body: Html
  status?: number
  frames?: boolean
}
export type Answer = Page | { to: string } | { sent: FastifyReply }

const queryOf = (req: FastifyRequest): Record<string, string | undefined> =>
  req.query as Record<string, string | undefined>
export const asked = ({ req }: Visit, name: string): string => String(queryOf(req)[name] ?? '')
export const inPath = ({ req }: Visit, name: string): string => String((req.params as Record<string, string>)[name])

async function visitOf(app: App, place: Place, req: FastifyRequest, reply: FastifyReply): Promise<Visit> {
  const form = typedForm(req.body)
  const kiosk = place.name === 'kiosk' ? await kioskOfDevice(app, req.cookies[DEVICE_COOKIE]) : null
  const found = await sessionOf(app, place, req.cookies[place.cookie])
  const session = place.name === 'kiosk' && found?.kiosk_id !== kiosk?.kiosk_id ? null : found
  const chosen = queryOf(req)['lang'] ?? form.get('lang') ?? session?.lang
  const lang = readLang(chosen, req.headers['accept-language'])
  if (session && session.lang !== lang) await change(app, session, { lang })
  return { app, place, req, reply, words: await wordsIn(lang), form, session, kiosk }
}

export async function show(visit: Visit, page: Page): Promise<FastifyReply> {
  const { place, words, app, reply } = visit
  const customerId = visit.session?.customer_id ?? 0
  const signedIn = customerId > 0
  const unread = signedIn && place.name === 'portal' ? await unreadOf(app, customerId) : 0
  return sendPage(
    reply,
    {
      lang: words.lang,
      langs: READ_LANGS,
      title: page.title,
      body: page.body.text,
      sender: words.text(await companyName(app)),
      wide: signedIn || place.name === 'kiosk',
      nav: signedIn ? navOf(visit, unread).text : '',
      style: STYLE[place.name],
      ...(page.frames ? { frames: true } : {}),
      ...(place.name === 'kiosk' ? { script: '/kiosk/kiosk.js' } : {}),
    },
    page.status ?? 200,
  )
}

type Handler<V extends Visit> = (visit: V) => Promise<Answer>
type Route = (req: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

const answer = async (visit: Visit, given: Answer): Promise<FastifyReply> => {
  if ('sent' in given) return given.sent
  if ('to' in given)
    return visit.reply.code(303).header('cache-control', 'no-store').header('location', given.to).send()
  return show(visit, given)
}

/** A page of another site cannot send our forms. Browsers that do not say where a request comes from keep the cookie back (SameSite). */
function refuseForeign(req: FastifyRequest): void {
  const site = req.headers['sec-fetch-site']
  if (req.method === 'POST' && site !== undefined && site !== 'same-origin' && site !== 'none')
    throw portalErrors['portal.stale-form']()
}

/** For everybody; on a device of ours where it is a kiosk. */
export const open = (app: App, place: Place, handle: Handler<Visit>, unpaired = false): Route =>
  async function handled(req, reply) {
    const visit = await visitOf(app, place, req, reply)
    if (place.name === 'kiosk' && !visit.kiosk && !unpaired) return answer(visit, { to: '/kiosk/pair' })
    try {
      refuseForeign(req)
      return await answer(visit, await handle(visit))
    } catch (error) {
      return show(visit, problemPage(visit, error))
    }
  }

/** For customers who are signed in; others are asked to, and led back. */
export const signedIn = (app: App, place: Place, handle: Handler<Guest>): Route =>
  open(app, place, async visit => {
    const { session, req, words } = visit
    if (session && session.customer_id > 0) {
      if (req.method === 'POST' && !isOurs(session, visit.form.get('csrf'))) throw portalErrors['portal.stale-form']()
      return handle({ ...visit, session, customerId: session.customer_id })
    }
    if (session) return { to: `${place.root}/who` }
    // A strict cookie stays away from what another site's link opens, such as a mail in a browser: once more, from here.
    if (req.headers['sec-fetch-site'] === 'cross-site' && asked(visit, 'again') === '') {
      const path = `${pathOf(req)}?again=1`
      visit.reply.header('refresh', `0;url=${path}`)
      const body = html`<p><a href="${path}">${words.say('sign.continue')}</a></p>`
      return { title: words.say('sign.title'), body }
    }
    const next = req.method === 'GET' ? pathOf(req) : place.root
    const was = req.cookies[place.cookie] !== undefined && place.name === 'portal' ? 'again=1&' : ''
    return { to: `${place.root}/sign-in?${was}next=${encodeURIComponent(next)}` }
  })

export const pathOf = (req: FastifyRequest): string => req.url.split('?')[0]!

function problemPage(visit: Visit, error: unknown): Page {
  const { words, place, req } = visit
  const back = html`<p class="actions"><a class="button" href="${place.root}">${words.say('nav.back')}</a></p>`
  if (error instanceof HuiyinError && error.status < 500)
    return {
      title: words.say('error.title'),
      body: html`${problemNote(words, error)}${back}`,
      status: error.status,
    }
  req.log.error({ err: error }, 'portal request failed')
  return { title: words.say('error.title'), body: html`<p>${words.say('error.again')}</p>${back}`, status: 500 }
}

export const problemNote = (words: Words, error: HuiyinError): Html =>
  html`<p class="problem" role="alert">${words.problem(error)}</p>`

/** Somebody asked for what is not theirs, or is not there: the same answer for both, and it is written down. */
export async function notYours({ app, req, place, customerId }: Guest, what: string): Promise<never> {
  const route = req.routeOptions.url ?? ''
  const asked = /^[\w-]{1,64}$/.test(what) ? what : '?'
  req.log.warn({ customer: customerId, route, asked }, 'asked for what is not theirs')
  await audit(app, {
    userId: LOCAL_USER_ID,
    action: `${place.name}.refused`,
    object: `customer/${customerId}`,
    detail: { route: `${req.method} ${route}`, asked },
  })
  throw portalErrors['portal.not-found']()
}
