/** A call at a time that suits, or somebody of the branch at the kiosk: a task on the desk's list either way. */
import type { App, Http } from '../../platform/app.ts'
import { caseSettings } from '../cases/settings.ts'
import { instantIn } from '../cases/working-hours.ts'
import { askForCall, MOST_AHEAD_MS } from '../tasks/ask-for-call.ts'
import { numbersOf as numbersToRing } from '../tasks/numbers-to-ring.ts'
import { doneOf } from './done.ts'
import { portalErrors } from './errors.ts'
import { field, formOf, taken, wordsField, wordsIn } from './forms.ts'
import { html } from './html.ts'
import type { Place } from './place.ts'
import { shownNumber } from './shown-number.ts'
import { type Guest, type Page, signedIn } from './visit.ts'
import { wordsIn as wordsInLang } from './words.ts'

const hide = { schema: { hide: true } } as const

export function callRoutes(http: Http, app: App, place: Place): void {
  const path = `${place.root}/call`
  http.get(path, hide, signedIn(app, place, callPage))
  http.post(
    path,
    hide,
    signedIn(app, place, guest =>
      taken(
        guest,
        'call',
        async key => {
          const { form, customerId, words, kiosk } = guest
          const at = kiosk ? new Date() : await timeOf(app, form.get('at') ?? '')
          // Staff reads it, not the customer.
          const reason = kiosk
            ? (await wordsInLang('zh-CN')).say('agent.reason', { kiosk: kiosk.name, words: wordsIn(form) })
            : wordsIn(form)
          await askForCall(app, {
            kind: 'callback',
            customerId,
            reason,
            language: words.lang,
            id: `${place.name}-${key}`,
            ...(at ? { at } : {}),
          })
          return `${path}?done=${kiosk ? 'agent' : 'call'}`
        },
        callPage,
      ),
    ),
  )
}

/** As the customer's clock shows it where the company is. */
async function timeOf(app: App, typed: string): Promise<Date | null> {
  if (typed.trim() === '') return null
  const read = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(typed)
  if (!read) throw portalErrors['portal.past-time']()
  const { hours } = await caseSettings(app)
  const [, day = '', time = ''] = read
  // Near enough to have a place in the calendar of the zone; NaN is not.
  if (!(Math.abs(Date.parse(`${day}T${time}Z`) - Date.now()) < 2 * MOST_AHEAD_MS))
    throw portalErrors['portal.past-time']()
  const at = instantIn(hours.zone, day, time)
  if (at < Date.now() || at > Date.now() + MOST_AHEAD_MS) throw portalErrors['portal.past-time']()
  return new Date(at)
}

async function callPage(guest: Guest): Promise<Page> {
  const { app, place, words, form, customerId, kiosk } = guest
  const say = words.say
  const done = await doneOf(guest)
  // It is under way: the same question again would only ask for a second one.
  if (done)
    return {
      title: say(kiosk ? 'agent.title' : 'call.title'),
      body: html`${done}<p class="actions"><a class="button quiet" href="${place.root}">${say('nav.back')}</a></p>`,
    }
  if (kiosk)
    return {
      title: say('agent.title'),
      body: html`<p>${say('agent.lead')}</p>${formOf(guest, `${place.root}/call`, html`${wordsField(guest, say('agent.words'))}<div class="actions"><button>${say('agent.send')}</button></div>`)}`,
    }
  const runId = await app.runs.latest('identity')
  const number = runId === null ? undefined : (await numbersToRing(app, runId, [customerId])).get(customerId)?.open[0]
  // Nobody can keep a promise to ring a number that is not there.
  if (number === undefined)
    return {
      title: say('call.title'),
      body: html`<p class="empty">${say('call.no-number')}</p><p class="actions"><a class="button" href="${place.root}/details">${say('nav.details')}</a><a href="${place.root}/cases/new?kind=request">${say('threads.new')}</a></p>`,
    }
  const { hours } = await caseSettings(app)
  const between = `min="${clockIn(hours.zone, Date.now())}" max="${clockIn(hours.zone, Date.now() + MOST_AHEAD_MS)}"`
  return {
    title: say('call.title'),
    body: html`<p>${say('call.lead', { number: shownNumber(number) })}</p>
      ${formOf(guest, `${place.root}/call`, html`${wordsField(guest, say('call.words'))}${field(guest, 'at', say('call.at'), { type: 'datetime-local', value: form.get('at'), more: between })}<div class="actions"><button>${say('call.send')}</button></div>`)}`,
  }
}

/** As a field of date and time has it: 2026-11-22T14:05. */
const clockIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone })
    .format(at)
    .replace(' ', 'T')
