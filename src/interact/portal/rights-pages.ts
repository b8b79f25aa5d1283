/** A copy of everything, or everything erased: asked here, decided and carried out as every such request. */
import { listRequests, openRequest } from '../../collect/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { LOCAL_USER_ID } from '../../platform/http/gate.ts'
import { doneOf } from './done.ts'
import { portalErrors } from './errors.ts'
import { formOf, taken } from './forms.ts'
import { html } from './html.ts'
import type { Place } from './place.ts'
import { type Guest, type Page, signedIn } from './visit.ts'

const hide = { schema: { hide: true } } as const

export function rightsRoutes(http: Http, app: App, place: Place): void {
  const path = `${place.root}/rights`
  http.get(path, hide, signedIn(app, place, rightsPage))
  http.post(
    path,
    hide,
    signedIn(app, place, guest =>
      taken(
        guest,
        'rights',
        async () => {
          const { form, customerId } = guest
          const kind = form.get('kind')
          if (kind !== 'export' && kind !== 'erasure') throw portalErrors['portal.choose']()
          if (kind === 'erasure' && form.get('sure') !== '1') throw portalErrors['portal.choose']()
          await openRequest(app, { kind, customerId, receivedBy: place.name, userId: LOCAL_USER_ID })
          return `${path}?done=${kind}`
        },
        rightsPage,
      ),
    ),
  )
}

async function rightsPage(guest: Guest): Promise<Page> {
  const { app, customerId, words, place } = guest
  const say = words.say
  const { rows } = await listRequests(app, { state: 'all', customerId, offset: 0, limit: 20 })
  const list = rows.map(
    row =>
      html`<li><span class="row"><b>${say(`rights.kind.${row.kind}`)}</b> ${words.day(row.requested_at)} · ${say(`rights.state.${row.state}`)}${row.finished_at ? null : html` · ${say('rights.by', { day: words.day(row.due_at) })}`}</span></li>`,
  )
  const ask = (kind: 'export' | 'erasure') =>
    formOf(
      guest,
      `${place.root}/rights`,
      html`<input type="hidden" name="kind" value="${kind}">${kind === 'erasure' ? html`<label><input type="checkbox" name="sure" value="1" required> ${say('rights.sure')}</label>` : null}<div class="actions"><button class="quiet">${say(`rights.${kind}`)}</button></div>`,
    )
  return {
    title: say('rights.title'),
    body: html`${await doneOf(guest)}<p>${say('rights.lead')}</p>${ask('export')}
      <section><p>${say('rights.erasure-lead')}</p>${ask('erasure')}</section>
      <section><h2>${say('rights.asked')}</h2>${rows.length === 0 ? html`<p class="faint">${say('rights.none')}</p>` : html`<ul class="list" role="list">${list}</ul>`}</section>`,
  }
}
