/** The screen of a branch: paired once, signed in by code or by number and birth date, forgotten when nobody touches it. */

import type { App, Http } from '../../platform/app.ts'
import { customerOfId } from '../calls/who.ts'
import { networkOf } from '../one-time-code/network.ts'
import { callRoutes } from '../portal/call-page.ts'
import { detailRoutes } from '../portal/details-pages.ts'
import { portalErrors } from '../portal/errors.ts'
import { field, orAgain } from '../portal/forms.ts'
import { type Html, html } from '../portal/html.ts'
import { whoFits } from '../portal/known-by.ts'
import { paperRoutes } from '../portal/papers-pages.ts'
import { kiosk } from '../portal/place.ts'
import { enter, isSecure, signInRoutes } from '../portal/sign-in.ts'
import { strayRoutes } from '../portal/stray-pages.ts'
import { surveyRoutes } from '../portal/survey-box.ts'
import { countTry, forgetTries, takeBackTry } from '../portal/tries.ts'
import { open, type Page, type Visit } from '../portal/visit.ts'
import { DEVICE_COOKIE, pair } from './devices.ts'
import { kioskScript } from './script.ts'

const hide = { schema: { hide: true } } as const
/** Browsers keep no cookie longer (RFC 6265bis, 5.6.2). */
const YEAR_S = 400 * 24 * 3600
const MOST_TRIES = { quarter: 5, day: 10 }
/** Of one device or network: whoever tries number after number. */
const MOST_HERE = { quarter: 30, day: 200 }

export function kioskRoutes(http: Http, app: App): void {
  signInRoutes(http, app, kiosk, cardForm)
  http.post('/kiosk/card', hide, open(app, kiosk, byCard))
  paperRoutes(http, app, kiosk)
  detailRoutes(http, app, kiosk)
  callRoutes(http, app, kiosk)
  surveyRoutes(http, app, kiosk)
  strayRoutes(http, app, kiosk)

  http.get(
    '/kiosk/pair',
    hide,
    open(app, kiosk, async visit => (visit.kiosk ? { to: '/kiosk' } : pairPage(visit)), true),
  )
  http.post(
    '/kiosk/pair',
    hide,
    open(
      app,
      kiosk,
      visit =>
        orAgain(visit, pairPage, async () => {
          const { minutes } = await countTry(app, `pair ${networkOf(visit.req.ip)}`, MOST_HERE)
          if (minutes > 0) throw portalErrors['portal.card-locked']({ minutes })
          const token = await pair(app, visit.form.get('code') ?? '')
          if (!token) throw portalErrors['portal.bad-pairing']()
          visit.reply.setCookie(DEVICE_COOKIE, token, {
            path: '/kiosk',
            httpOnly: true,
            sameSite: 'strict',
            secure: isSecure(visit.req),
            maxAge: YEAR_S,
          })
          return { to: '/kiosk' }
        }),
      true,
    ),
  )
  http.get('/kiosk/kiosk.js', hide, async (_req, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(kioskScript()),
  )
}

function pairPage(visit: Visit): Page {
  const { words } = visit
  const say = words.say
  return {
    title: say('kiosk.pair-title'),
    body: html`<p id="lead">${say('kiosk.pair-lead')}</p>
      <form method="post" action="/kiosk/pair"><input type="hidden" name="lang" value="${words.lang}">
      ${field(visit, 'code', say('kiosk.pair-code'), { most: 12, first: true, about: 'lead', more: 'required inputmode="numeric" autocomplete="off"' })}
      <div class="actions"><button>${say('kiosk.pair')}</button></div></form>`,
  }
}

function cardForm(visit: Visit): Html {
  const { words, form } = visit
  const say = words.say
  return html`<section><h2>${say('kiosk.by-card')}</h2><form method="post" action="/kiosk/card" autocomplete="off"><input type="hidden" name="lang" value="${words.lang}">
    ${field(visit, 'number', say('sign.number'), { value: form.get('number'), most: 40, more: 'required inputmode="numeric"' })}
    ${field(visit, 'birth', say('sign.birth'), { most: 30, more: 'required inputmode="numeric"' })}
    <div class="actions"><button>${say('sign.enter')}</button></div></form></section>`
}

async function byCard(visit: Visit) {
  const { app, form, words, kiosk: device } = visit
  const page = (again: Visit): Page => ({
    title: words.say('kiosk.title'),
    body: html`${cardForm(again)}<p><a class="button quiet" href="/kiosk">${words.say('nav.back')}</a></p>`,
  })
  return orAgain(visit, page, async () => {
    const number = (form.get('number') ?? '').normalize('NFKC').replace(/\s/g, '').slice(0, 40)
    const subject = `card ${number}`
    const place = `kiosk ${device?.kiosk_id}`
    const here = await countTry(app, place, MOST_HERE)
    const tried = await countTry(app, subject, MOST_TRIES)
    const minutes = Math.max(here.minutes, tried.minutes)
    if (minutes > 0) throw portalErrors['portal.card-locked']({ minutes })
    const customer = await customerOfId(app, number)
    // Without a birth date a number alone would do.
    const birthDate = (form.get('birth') ?? '').trim()
    // Asked of nobody, too: a number that is not known takes as long as one that is.
    const fits = birthDate === '' ? [] : await whoFits(app, [customer ?? 0], { birthDate })
    if (fits.length !== 1) {
      if (tried.left === 0) throw portalErrors['portal.card-locked']({ minutes: 15 })
      throw portalErrors['portal.card-wrong']({ left: tried.left })
    }
    await forgetTries(app, subject)
    await takeBackTry(app, place)
    return enter(visit, fits)
  })
}
