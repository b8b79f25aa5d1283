/** Yes, not now, no: to the offer a paper makes. A no stops what would ask again at once. */
import { recordEvents } from '../../collect/index.ts'
import type { ManifestRow } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { stopOffer } from '../tasks/stop-offers.ts'
import { portalErrors } from './errors.ts'
import { formOf, taken } from './forms.ts'
import { type Html, html } from './html.ts'
import { ownPaper } from './papers.ts'
import { type Answer, type Guest, inPath, type Page } from './visit.ts'

const ANSWERS = ['yes', 'later', 'no'] as const
type Said = (typeof ANSWERS)[number]

/** `later` declines this time and says so: it is no refusal for good. */
const EVENT: Record<Said, string> = { yes: 'accepted', later: 'replied', no: 'declined' }

export async function answerForm(guest: Guest, row: ManifestRow, at: string): Promise<Html | null> {
  if (row.offer === '' || row.class !== 'offer') return null
  const { words } = guest
  const said = await saidTo(guest.app, guest.customerId, row)
  const buttons = ANSWERS.map(
    answer =>
      html`<button name="answer" value="${answer}"${answer === 'yes' ? '' : html` class="quiet"`}>${words.say(`offer.${answer}`)}</button>`,
  )
  return html`<section class="no-print"><h2>${words.say('offer.title')}</h2>${said ? html`<p class="faint">${words.say(`offer.said.${said}`)}</p>` : null}
    ${formOf(guest, `${at}/answer`, html`<div class="actions">${buttons}</div>`)}</section>`
}

/** The newest answer that was given here. */
async function saidTo(app: App, customerId: number, { communication_id: id }: ManifestRow): Promise<Said | undefined> {
  const [row] = await app.facts.query<{ said: string }>(
    `SELECT JSONExtractString(payload, 'said') AS said FROM events FINAL
     WHERE customer_id = {customerId:UInt64} AND communication_id = {id:String} AND type IN ('accepted', 'replied', 'declined')
     ORDER BY at DESC LIMIT 1`,
    { customerId, id },
  )
  return ANSWERS.find(answer => answer === row?.said)
}

export async function postAnswer(guest: Guest, again: (guest: Guest) => Promise<Page>): Promise<Answer> {
  const { app, place, customerId, form } = guest
  const row = await ownPaper(guest, inPath(guest, 'id'))
  const at = `${place.root}/documents/${row.communication_id}`
  return taken(
    guest,
    'answer',
    async key => {
      const said = ANSWERS.find(answer => answer === form.get('answer'))
      if (!said || row.offer === '') throw portalErrors['portal.choose']()
      await recordEvents(app, [
        {
          eventId: `offer-answer:${key}`,
          customerId,
          type: EVENT[said],
          channel: place.name,
          at: new Date(),
          communicationId: row.communication_id,
          payload: { offer: row.offer, said, how: place.name },
        },
      ])
      if (said !== 'later') await stopOffer(app, customerId, row.offer, said === 'no' ? 'declined' : 'accepted')
      return `${at}?done=${said}`
    },
    again,
  )
}
