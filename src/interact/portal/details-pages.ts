/** What a customer tells of themselves goes the way of every answer: standardised, recorded, and in the golden record at once. */

import { recordEvents, takeUpAnswers } from '../../collect/index.ts'
import { companyName } from '../../personalize/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { networkOf } from '../one-time-code/network.ts'
import { useCode } from '../one-time-code/one-time-code.ts'
import { type Details, detailsOf, REACHED, WRITTEN } from './details.ts'
import { doneOf } from './done.ts'
import { portalErrors } from './errors.ts'
import { field, formOf, orAgain, taken } from './forms.ts'
import { html } from './html.ts'
import { type Address, readAddress } from './known-by.ts'
import type { Place } from './place.ts'
import { sendCode, tell } from './send-code.ts'
import { shownAddress, shownNumber } from './shown-number.ts'
import { type Answer, type Guest, type Page, signedIn } from './visit.ts'

type Reached = (typeof REACHED)[number]
const hide = { schema: { hide: true } } as const
const PURPOSE = 'portal-change'
/** What browsers fill in (WCAG 2.2, 1.3.5). */
const AUTOCOMPLETE: Record<keyof Details, string> = {
  name: 'autocomplete="name"',
  street: 'autocomplete="address-line1"',
  district: 'autocomplete="address-level3"',
  city: 'autocomplete="address-level2"',
  province: 'autocomplete="address-level1"',
  postcode: 'autocomplete="postal-code"',
  email: 'autocomplete="email" inputmode="email"',
  mobile: 'autocomplete="tel" inputmode="tel"',
}
/** A golden value holds no more. */
const MOST_FIELD = 200

export function detailRoutes(http: Http, app: App, place: Place): void {
  const path = `${place.root}/details`
  http.get(path, hide, signedIn(app, place, detailsPage))
  http.post(
    path,
    hide,
    signedIn(app, place, guest =>
      taken(
        guest,
        'details',
        async key => {
          const now = await detailsOf(app, guest.customerId)
          const given = WRITTEN.map(name => [name, (guest.form.get(name) ?? '').trim()] as const)
          const changed = given.filter(([name, value]) => value !== '' && value !== now[name])
          if (changed.some(([, value]) => value.length > MOST_FIELD))
            throw portalErrors['portal.too-long']({ most: MOST_FIELD })
          if (changed.length === 0) throw portalErrors['portal.nothing-changed']()
          await answered(guest, key, Object.fromEntries(changed))
          return `${path}?done=details`
        },
        detailsPage,
      ),
    ),
  )
  http.post(`${path}/address`, hide, signedIn(app, place, askForCode))
  http.post(`${path}/confirm`, hide, signedIn(app, place, confirm))
}

async function answered(
  { app, customerId, place }: Guest,
  key: string,
  fields: Partial<Record<keyof Details, string>>,
): Promise<void> {
  await recordEvents(app, [
    {
      eventId: `${place.name}:${key}`,
      customerId,
      type: 'answer',
      channel: place.name,
      at: new Date(),
      actor: 'customer',
      payload: { fields, consents: [], note: '' },
    },
  ])
  await takeUpAnswers(app, customerId)
}

async function detailsPage(guest: Guest): Promise<Page> {
  const { app, customerId, words, place, form } = guest
  const say = words.say
  const now = await detailsOf(app, customerId)
  const typed = (name: keyof Details): string => form.get(name) ?? now[name]
  const fields = WRITTEN.map(name =>
    field(guest, name, say(`details.${name}`), { value: typed(name), more: AUTOCOMPLETE[name] }),
  )
  const reached = REACHED.map(name =>
    formOf(
      guest,
      `${place.root}/details/address`,
      html`<input type="hidden" name="field" value="${name}">${field(guest, 'address', say(`details.${name}`), { value: form.get('field') === name ? form.get('address') : name === 'mobile' ? shownNumber(now.mobile) : now.email, most: 254, other: form.get('field') !== name, more: `required ${AUTOCOMPLETE[name]}` })}<div class="actions"><button class="quiet" aria-label="${say('details.send')}: ${say(`details.${name}`)}">${say('details.send')}</button></div>`,
    ),
  )
  return {
    title: say('details.title'),
    body: html`${await doneOf(guest)}${formOf(guest, `${place.root}/details`, html`<div class="two">${fields}</div><div class="actions"><button>${say('details.save')}</button></div>`)}
      <section><h2>${say('details.reach')}</h2><p>${say('details.reach-lead')}</p><div class="two">${reached}</div></section>`,
  }
}

const fieldOf = ({ form }: Guest): Reached => {
  const found = REACHED.find(name => name === form.get('field'))
  if (!found) throw portalErrors['portal.choose']()
  return found
}

/** An e-mail address is no mobile number, whatever was typed. */
function addressOf(guest: Guest): Address {
  const to = readAddress(guest.form.get('address') ?? '')
  if ((to.channel === 'email') !== (fieldOf(guest) === 'email')) throw portalErrors['portal.bad-address']()
  return to
}

const askForCode = (guest: Guest): Promise<Answer> =>
  orAgain(guest, detailsPage, async () => {
    const { app, words, customerId, req } = guest
    const to = addressOf(guest)
    if (to.address === (await detailsOf(app, customerId))[fieldOf(guest)])
      throw portalErrors['portal.nothing-changed']()
    const challenge = await sendCode(app, words, { purpose: PURPOSE, to, customerId, network: networkOf(req.ip) })
    return confirmPage(guest, to, challenge)
  })

function confirmPage(guest: Guest, to: Address, challenge: string): Page {
  const { words, place, problem } = guest
  const say = words.say
  const kept = html`<input type="hidden" name="field" value="${fieldOf(guest)}"><input type="hidden" name="address" value="${to.address}">`
  return {
    title: say('details.confirm-title'),
    body: html`${problem ? null : html`<p id="lead">${say('details.confirm-lead', { address: shownAddress(to) })}</p>`}
      ${formOf(guest, `${place.root}/details/confirm`, html`${kept}<input type="hidden" name="challenge" value="${challenge}">${field(guest, 'code', say('sign.code'), { most: 10, first: true, about: 'lead', more: 'required inputmode="numeric" autocomplete="one-time-code"' })}<div class="actions"><button>${say('details.confirm')}</button></div>`)}
      ${formOf(guest, `${place.root}/details/address`, html`${kept}<div class="actions"><button class="plain">${say('sign.new-code')}</button><a href="${place.root}/details">${say('nav.back')}</a></div>`)}`,
  }
}

async function confirm(guest: Guest): Promise<Answer> {
  const { app, form, customerId, place, words } = guest
  const to = addressOf(guest)
  const changed = fieldOf(guest)
  const challenge = form.get('challenge') ?? ''
  return taken(
    guest,
    'confirm',
    async key => {
      const used = await useCode(app, { purpose: PURPOSE, challenge, code: form.get('code') ?? '' })
      if (used.addressHash !== sha256Of(to.address) || used.customerId !== customerId)
        throw portalErrors['portal.stale-form']()
      const before = (await detailsOf(app, customerId))[changed]
      await answered(guest, key, { [changed]: to.address })
      if (before !== '') {
        const values = { company: words.text(await companyName(app)), what: words.say(`details.${changed}`) }
        const old: Address = { channel: to.channel, address: before }
        tell(app, words, customerId, old, words.say('mail.changed-subject'), words.say('mail.changed', values))
      }
      return `${place.root}/details?done=details`
    },
    async again => confirmPage(again, to, challenge),
  )
}
