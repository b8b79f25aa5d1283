/** One request of a customer: where, in which language, by whom. What a handler returns is a page, or where to go. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { companyName } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { LOCAL_USER_ID } from '../../platform/http/gate.ts'
import { caseSettings } from '../cases/settings.ts'
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
import { fieldOf, PROBLEM } from './wrong-field.ts'

export interface Visit {
  app: App
  place: Place
  req: FastifyRequest
  reply: FastifyReply
  words: Words
  form: URLSearchParams
  session: Session | null
  kiosk: Kiosk | null
  /** What was wrong with what was just sent; the field it is about says so. */
  problem?: HuiyinError
}

/** Somebody who is signed in. */
export interface Guest extends Visit {
  session: Session
  customerId: number
}

export interface Page {
  title: string
  /** Of the title, where it is not the page's. */
  titleLang?: string
  body: Html
  problem?: HuiyinError
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
  const { hours } = await caseSettings(app)
  return { app, place, req, reply, words: await wordsIn(lang, hours.zone), form, session, kiosk }
}

export async function show(visit: Visit, page: Page): Promise<FastifyReply> {
  const { place, words, app, req, reply } = visit
  const customerId = visit.session?.customer_id ?? 0
  const signedIn = customerId > 0
  const unread = signedIn && place.name === 'portal' ? await unreadOf(app, customerId) : 0
  return sendPage(
    reply,
    {
      lang: words.lang,
      // What answers a form has no address of its own to be read again at.
      langs: req.method === 'POST' ? [] : READ_LANGS,
      query: req.url.split('?')[1] ?? '',
      title: page.title,
      ...(page.titleLang && page.titleLang !== words.lang ? { titleLang: page.titleLang } : {}),
      body: page.body.text,
      problem: page.problem ? problemNote(words, page.problem).text : '',
      sender: words.text(await companyName(app)),
      wide: signedIn || place.name === 'kiosk',
      nav: signedIn ? navOf(visit, unread).text : '',
      style: STYLE[place.name],
      ...(page.frames ? { frames: true } : {}),
      ...(place.name === 'kiosk' ? { script: '/kiosk/kiosk.js' } : {}),
    },
    page.status ?? page.problem?.status ?? 200,
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
    try {
      const visit = await visitOf(app, place, req, reply)
      if (place.name === 'kiosk' && !visit.kiosk && !unpaired) return await answer(visit, { to: '/kiosk/pair' })
      try {
        refuseForeign(req)
        return await answer(visit, await handle(visit))
      } catch (error) {
        return await show(visit, problemPage(visit, error))
      }
    } catch (error) {
      return outOfOrder(req, reply, error)
    }
  }

/** Neither session nor the house's name could be read: still a page, in the browser's language. */
async function outOfOrder(req: FastifyRequest, reply: FastifyReply, error: unknown): Promise<FastifyReply> {
  req.log.error({ err: error }, 'portal request failed')
  const { lang, say } = await wordsIn(readLang(null, req.headers['accept-language']))
  return sendPage(
    reply,
    { lang, langs: [], title: say('error.title'), body: html`<p>${say('error.again')}</p>`.text, sender: '' },
    503,
  )
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
    const lang = asked(visit, 'lang') === '' ? '' : `&lang=${words.lang}`
    return { to: `${place.root}/sign-in?${was}next=${encodeURIComponent(next)}${lang}` }
  })

export const pathOf = (req: FastifyRequest): string => req.url.split('?')[0]!

function problemPage(visit: Visit, error: unknown): Page {
  const { words, place, req } = visit
  const back = html`<p class="actions"><a class="button" href="${place.root}">${words.say('nav.back')}</a></p>`
  if (error instanceof HuiyinError && error.status < 500)
    return { title: words.say('error.title'), problem: error, body: back }
  req.log.error({ err: error }, 'portal request failed')
  return { title: words.say('error.title'), body: html`<p>${words.say('error.again')}</p>${back}`, status: 500 }
}

/** Read aloud at once: by the focus, or with the field that has it. */
export const problemNote = (words: Words, error: HuiyinError): Html =>
  html`<p class="problem" role="alert" id="${PROBLEM}" tabindex="-1"${fieldOf(error) ? '' : html` autofocus`}>${words.problem(error)}</p>`

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
