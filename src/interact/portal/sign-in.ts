/** Signing in by a code sent to an address we know; who shares the address says which of them they are. */

import type { App, Http } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { networkOf } from '../one-time-code/network.ts'
import { useCode } from '../one-time-code/one-time-code.ts'
import { portalErrors } from './errors.ts'
import { field, orAgain } from './forms.ts'
import { type Html, html } from './html.ts'
import { type Address, customersAt, readAddress, whoFits } from './known-by.ts'
import type { Place } from './place.ts'
import { sendCode } from './send-code.ts'
import { change, closeSession, isOurs, openSession } from './sessions.ts'
import { shownAddress } from './shown-number.ts'
import { type Answer, asked, open, type Page, show, type Visit } from './visit.ts'

const purposeOf = (place: Place): string => `${place.name}-sign-in`
const hide = { schema: { hide: true } } as const
const MOST_WHO = 3

export function signInRoutes(http: Http, app: App, place: Place, more?: (visit: Visit) => Html): void {
  const { root } = place
  const first = (visit: Visit) => addressPage(visit, more)

  http.get(
    `${root}/sign-in`,
    hide,
    open(app, place, async visit => first(visit)),
  )

  http.post(
    `${root}/sign-in`,
    hide,
    open(app, place, visit =>
      orAgain(visit, first, async () => {
        const to = readAddress(visit.form.get('address') ?? '')
        const [customerId = 0] = await customersAt(app, to)
        const network = networkOf(visit.req.ip)
        const challenge = await sendCode(app, visit.words, { purpose: purposeOf(place), to, customerId, network })
        return codePage(visit, to, challenge)
      }),
    ),
  )

  http.post(
    `${root}/code`,
    hide,
    open(app, place, async visit => {
      const to = readAddress(visit.form.get('address') ?? '')
      const challenge = visit.form.get('challenge') ?? ''
      return orAgain(
        visit,
        again => codePage(again, to, challenge),
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

/** Pages of ours, never elsewhere. */
const nextOf = ({ place, form, ...visit }: Visit): string => {
  const next = form.get('next') ?? asked({ place, form, ...visit }, 'next')
  return next.startsWith(`${place.root}/`) && /^[\w/-]{1,120}$/.test(next) ? next : place.root
}

const carried = (visit: Visit): Html =>
  html`<input type="hidden" name="next" value="${nextOf(visit)}"><input type="hidden" name="lang" value="${visit.words.lang}">`

function addressPage(visit: Visit, more?: (visit: Visit) => Html): Page {
  const { words, place, form, problem } = visit
  const say = words.say
  const again =
    asked(visit, 'again') === '' ? null : html`<p class="done" role="status" id="again">${say('sign.again')}</p>`
  const byCode = html`${place.name === 'kiosk' ? html`<h2>${say('kiosk.by-code')}</h2>` : null}
      <p id="lead">${say('sign.lead')}</p><form method="post" action="${place.root}/sign-in">${carried(visit)}
      ${field(visit, 'address', say('sign.address'), { value: form.get('address'), most: 254, first: true, about: 'lead', more: 'required autocomplete="username"' })}
      <div class="actions"><button>${say('sign.send')}</button></div></form>`
  return {
    title: say(place.name === 'kiosk' ? 'kiosk.title' : 'sign.title'),
    body: html`${problem ? null : again}${more ? html`<div class="ways"><section>${byCode}</section>${more(visit)}</div>` : byCode}`,
  }
}

function codePage(visit: Visit, to: Address, challenge: string): Page {
  const { words, place, problem } = visit
  const say = words.say
  const kept = html`${carried(visit)}<input type="hidden" name="address" value="${to.address}">`
  return {
    title: say('sign.code-title'),
    body: html`${problem ? null : html`<p id="lead">${say('sign.code-lead', { address: shownAddress(to) })}</p>`}
      <form method="post" action="${place.root}/code">${kept}<input type="hidden" name="challenge" value="${challenge}">
      ${field(visit, 'code', say('sign.code'), { most: 10, first: true, about: 'lead', more: 'required inputmode="numeric" autocomplete="one-time-code"' })}
      <div class="actions"><button>${say('sign.enter')}</button></div></form>
      <form method="post" action="${place.root}/sign-in">${kept}<div class="actions"><button class="plain">${say('sign.new-code')}</button><a href="${place.root}/sign-in?lang=${words.lang}">${say('sign.other')}</a></div></form>`,
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

function whoPage(visit: Visit): Page {
  const { words, place, session, form } = visit
  const say = words.say
  return {
    title: say('sign.who-title'),
    body: html`<p id="lead">${say('sign.who-lead')}</p>
      <form method="post" action="${place.root}/who">${carried(visit)}<input type="hidden" name="csrf" value="${session?.csrf}">
      ${field(visit, 'birth', say('sign.birth'), { value: form.get('birth'), most: 30, first: true, about: 'lead', more: 'autocomplete="bday"' })}
      ${field(visit, 'number', say('sign.number'), { value: form.get('number'), most: 40, more: 'autocomplete="off"' })}
      <div class="actions"><button>${say('sign.enter')}</button></div></form>`,
  }
}

async function who(visit: Visit): Promise<Answer> {
  const { app, place, session, form } = visit
  if (!session) return { to: `${place.root}/sign-in?again=1` }
  if (session.customer_id > 0) return { to: place.root }
  return orAgain(visit, whoPage, async () => {
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
  })
}
