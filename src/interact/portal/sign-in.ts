/** Signing in by a code sent to an address we know; who shares the address says which of them they are. */

import type { App, Http } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { networkOf } from '../one-time-code/network.ts'
import { useCode } from '../one-time-code/one-time-code.ts'
import { portalErrors } from './errors.ts'
import { field } from './forms.ts'
import { type Html, html } from './html.ts'
import { type Address, customersAt, readAddress, whoFits } from './known-by.ts'
import type { Place } from './place.ts'
import { sendCode } from './send-code.ts'
import { change, closeSession, isOurs, openSession } from './sessions.ts'
import { type Answer, asked, open, type Page, problemNote, show, type Visit } from './visit.ts'

const purposeOf = (place: Place): string => `${place.name}-sign-in`
const hide = { schema: { hide: true } } as const
const MOST_WHO = 3

export function signInRoutes(http: Http, app: App, place: Place, more?: (visit: Visit) => Html): void {
  const { root } = place
  const first = (visit: Visit, problem?: HuiyinError) => addressPage(visit, more, problem)

  http.get(
    `${root}/sign-in`,
    hide,
    open(app, place, async visit => first(visit)),
  )

  http.post(
    `${root}/sign-in`,
    hide,
    open(app, place, visit =>
      orAgain(
        problem => first(visit, problem),
        async () => {
          const to = readAddress(visit.form.get('address') ?? '')
          const [customerId = 0] = await customersAt(app, to)
          const network = networkOf(visit.req.ip)
          const challenge = await sendCode(app, visit.words, { purpose: purposeOf(place), to, customerId, network })
          return codePage(visit, to, challenge)
        },
      ),
    ),
  )

  http.post(
    `${root}/code`,
    hide,
    open(app, place, async visit => {
      const to = readAddress(visit.form.get('address') ?? '')
      const challenge = visit.form.get('challenge') ?? ''
      return orAgain(
        problem => codePage(visit, to, challenge, problem),
        async () => {
          const code = visit.form.get('code') ?? ''
          const used = await useCode(app, { purpose: purposeOf(place), challenge, code })
          if (used.addressHash !== sha256Of(to.address)) throw portalErrors['portal.stale-form']()
          return enter(visit, await customersAt(app, to))
        },
      )
    }),
  )

  http.get(
    `${root}/who`,
    hide,
    open(app, place, async visit => (visit.session?.customer_id === 0 ? whoPage(visit) : { to: root })),
  )

  http.post(`${root}/who`, hide, open(app, place, who))

  http.post(
    `${root}/sign-out`,
    hide,
    open(app, place, async visit => {
      const { session, form, reply, words } = visit
      if (session && isOurs(session, form.get('csrf'))) await closeSession(app, session)
      reply.clearCookie(place.cookie, { path: root })
      if (place.name === 'kiosk') return { to: root }
      const body = html`<p>${words.say('sign.out-lead')}</p><p><a href="${root}/sign-in">${words.say('sign.in-again')}</a></p>`
      // Without a session, so that the page shows no way into one.
      return { sent: await show({ ...visit, session: null }, { title: words.say('sign.out-title'), body }) }
    }),
  )
}

/** What the person can put right is said on the same page. */
export async function orAgain(
  page: (problem: HuiyinError) => Page | Promise<Page>,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof HuiyinError) || error.status >= 500) throw error
    return { ...(await page(error)), status: error.status }
  }
}

/** Pages of ours, never elsewhere. */
const nextOf = ({ place, form, ...visit }: Visit): string => {
  const next = form.get('next') ?? asked({ place, form, ...visit }, 'next')
  return next.startsWith(`${place.root}/`) && /^[\w/-]{1,120}$/.test(next) ? next : place.root
}

const carried = (visit: Visit): Html =>
  html`<input type="hidden" name="next" value="${nextOf(visit)}"><input type="hidden" name="lang" value="${visit.words.lang}">`

function addressPage(visit: Visit, more?: (visit: Visit) => Html, problem?: HuiyinError): Page {
  const { words, place, form } = visit
  const say = words.say
  const again = asked(visit, 'again') === '' ? null : html`<p class="done" role="status">${say('sign.again')}</p>`
  return {
    title: say(place.name === 'kiosk' ? 'kiosk.title' : 'sign.title'),
    body: html`${problem ? problemNote(words, problem) : again}${place.name === 'kiosk' ? html`<h2>${say('kiosk.by-code')}</h2>` : null}
      <p>${say('sign.lead')}</p><form method="post" action="${place.root}/sign-in">${carried(visit)}
      ${field('address', say('sign.address'), { value: form.get('address'), most: 254, more: 'required autocomplete="username" autofocus' })}
      <div class="actions"><button>${say('sign.send')}</button></div></form>${more?.(visit)}`,
  }
}

function codePage(visit: Visit, to: Address, challenge: string, problem?: HuiyinError): Page {
  const { words, place } = visit
  const say = words.say
  return {
    title: say('sign.code-title'),
    body: html`${problem ? problemNote(words, problem) : html`<p>${say('sign.code-lead')}</p>`}
      <form method="post" action="${place.root}/code">${carried(visit)}<input type="hidden" name="address" value="${to.address}">
      <input type="hidden" name="challenge" value="${challenge}">
      ${field('code', say('sign.code'), { most: 10, more: 'required inputmode="numeric" autocomplete="one-time-code" autofocus' })}
      <div class="actions"><button>${say('sign.enter')}</button><a href="${place.root}/sign-in">${say('sign.other')}</a></div></form>`,
  }
}

/** A session for whoever it is, or for whichever of several it will turn out to be. */
export async function enter(visit: Visit, customers: readonly number[]): Promise<Answer> {
  const { app, place, words, kiosk, req, reply, session } = visit
  if (customers.length === 0) throw portalErrors['portal.not-found']()
  if (session) await closeSession(app, session)
  const opened = await openSession(app, {
    place,
    customers,
    lang: words.lang,
    ...(kiosk ? { kioskId: kiosk.kiosk_id } : {}),
  })
  reply.setCookie(place.cookie, opened.token, {
    path: place.root,
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(req),
    maxAge: place.mostMs / 1000,
  })
  const next = nextOf(visit)
  return { to: customers.length === 1 ? next : `${place.root}/who?next=${encodeURIComponent(next)}` }
}

/** Behind a proxy that ends TLS the browser's own way is what counts. */
export const isSecure = (req: Visit['req']): boolean =>
  req.protocol === 'https' || req.headers['x-forwarded-proto'] === 'https'

function whoPage(visit: Visit, problem?: HuiyinError): Page {
  const { words, place, session, form } = visit
  const say = words.say
  return {
    title: say('sign.who-title'),
    body: html`${problem ? problemNote(words, problem) : null}<p>${say('sign.who-lead')}</p>
      <form method="post" action="${place.root}/who">${carried(visit)}<input type="hidden" name="csrf" value="${session?.csrf}">
      ${field('birth', say('sign.birth'), { value: form.get('birth'), most: 30, more: 'placeholder="1980-12-31" autocomplete="bday"' })}
      ${field('number', say('sign.number'), { value: form.get('number'), most: 40 })}
      <div class="actions"><button>${say('sign.enter')}</button></div></form>`,
  }
}

async function who(visit: Visit): Promise<Answer> {
  const { app, place, session, form } = visit
  if (!session) return { to: `${place.root}/sign-in?again=1` }
  if (session.customer_id > 0) return { to: place.root }
  return orAgain(
    problem => whoPage(visit, problem),
    async () => {
      if (!isOurs(session, form.get('csrf'))) throw portalErrors['portal.stale-form']()
      // Counted before it is looked at.
      const tried = await app.workflow.db
        .updateTable('portal_sessions')
        .set(eb => ({ tries: eb('tries', '+', 1) }))
        .where('token_hash', '=', session.token_hash)
        .where('tries', '<', MOST_WHO)
        .returning('tries')
        .executeTakeFirst()
      const told = { birthDate: form.get('birth') ?? '', number: form.get('number') ?? '' }
      const [only, ...others] = tried ? await whoFits(app, session.candidates, told) : []
      if (only !== undefined && others.length === 0) {
        await change(app, session, { customer_id: only, candidates: [], tries: 0 })
        return { to: nextOf(visit) }
      }
      const left = MOST_WHO - (tried?.tries ?? MOST_WHO)
      if (left > 0) throw portalErrors['portal.who-wrong']({ left })
      await closeSession(app, session)
      throw portalErrors['portal.who-locked']()
    },
  )
}
