import type { App, Http } from '../../platform/app.ts'
import { changeWishes, wishesOf } from '../answers/wishes.ts'
import { readWishForm, wishForm } from '../preference-centre/wish-form.ts'
import { stopOffers } from '../tasks/stop-offers.ts'
import { changeConsents, consentsOf } from './consents.ts'
import { doneOf } from './done.ts'
import { formOf, hidden, taken } from './forms.ts'
import { Html, html } from './html.ts'
import { wayOf } from './papers.ts'
import type { Place } from './place.ts'
import { type Guest, type Page, signedIn } from './visit.ts'

const hide = { schema: { hide: true } } as const

export function wishRoutes(http: Http, app: App, place: Place): void {
  const path = `${place.root}/wishes`
  http.get(path, hide, signedIn(app, place, wishesPage))
  http.post(
    path,
    hide,
    signedIn(app, place, guest =>
      taken(
        guest,
        'wishes',
        async key => {
          const { customerId, form } = guest
          const change = readWishForm(form, await wishesOf(app, { customer_id: customerId }))
          const at = { id: key, customer_id: customerId, kind: '', offer: '', place: place.name }
          await changeWishes(app, at, change, place.name)
          if (change.channels?.call === false) await stopOffers(app, customerId, 'no-consent')
          return `${path}?done=wishes`
        },
        wishesPage,
      ),
    ),
  )
  http.post(
    `${path}/consents`,
    hide,
    signedIn(app, place, guest =>
      taken(
        guest,
        'consents',
        async key => {
          const ticked = new Set(guest.form.getAll('consent'))
          await changeConsents(app, { customerId: guest.customerId, ticked, key, place: place.name })
          return `${path}?done=wishes`
        },
        wishesPage,
      ),
    ),
  )
}

async function wishesPage(guest: Guest): Promise<Page> {
  const { app, customerId, words, place } = guest
  const say = words.say
  const offers = wishForm(
    words.lang === 'en' ? 'en' : 'zh-CN',
    await wishesOf(app, { customer_id: customerId }),
    hidden(guest).text,
  )
  const consents = (await consentsOf(app, customerId)).map(({ purpose, wording, channels }) => {
    const boxes = channels.map(
      ({ channel, granted }) =>
        html`<label><input type="checkbox" name="consent" value="${purpose.code}/${channel}"${granted ? html` checked` : ''}> ${channel === '*' ? say('wishes.agree') : say(wayOf(channel))}</label>`,
    )
    return html`<fieldset aria-describedby="why-${purpose.code}"><legend class="strong">${words.text(purpose.name)}</legend><p class="faint" id="why-${purpose.code}">${words.text(wording?.text ?? purpose.about)}</p>${boxes}</fieldset>`
  })
  return {
    title: say('wishes.title'),
    // The form holds our own words and known values alone, none of the customer's.
    body: html`${await doneOf(guest)}<h2>${say('wishes.offers')}</h2>${new Html(words.derived(offers))}
      <section><h2>${say('wishes.consents')}</h2>${formOf(guest, `${place.root}/wishes/consents`, html`${consents}<div class="actions"><button>${say('wishes.save')}</button></div>`)}</section>`,
  }
}
