/** What a page about a case is made of besides its facts: what happened when, and room for the customer's next word. */
import type { App } from '../../platform/app.ts'
import { goOn } from '../cases/change-case.ts'
import type { CaseState } from '../cases/tables.ts'
import { formOf, taken, wordsField, wordsIn } from './forms.ts'
import { type Html, html } from './html.ts'
import type { Answer, Guest, Page } from './visit.ts'

/** Colleagues' own notes are theirs; of these steps the customer sees the day. */
const STEPS = ['opened', 'went-on', 'waiting', 'opened-again', 'resolved'] as const

export async function caseSteps({ app, words }: Guest, caseId: number): Promise<Html> {
  const notes = await app.workflow.db
    .selectFrom('case_notes')
    .select(['what', 'at'])
    .where('case_id', '=', caseId)
    .where('what', 'in', [...STEPS])
    .orderBy('note_id')
    .execute()
  const steps = notes.flatMap(({ what, at }) => {
    const step = STEPS.find(one => one === what)
    return step ? html`<li>${words.moment(at)} · ${words.say(`step.${step}`)}</li>` : []
  })
  return html`<section><h2>${words.say('cases.steps')}</h2><ul class="steps-of">${steps}</ul></section>`
}

/** Something to add, what we asked for, or that it is not solved after all. */
export function wordForm(guest: Guest, { case_id, state }: { case_id: number; state: CaseState }): Html {
  const { words, place } = guest
  const say = words.say
  const again = state === 'resolved'
  return html`<section class="no-print"><h2>${say(`word.${state}.title`)}</h2>${again ? html`<p>${say('word.resolved.lead')}</p>` : null}
    ${formOf(guest, `${place.root}/cases/${case_id}/words`, html`${wordsField(guest, say(`word.${state}.words`))}<div class="actions"><button${again ? html` class="quiet"` : ''}>${say(`word.${state}.send`)}</button></div>`)}</section>`
}

/** A resolved case is opened again, and counted; one that waited for the customer goes on. */
export const postWord = (
  app: App,
  guest: Guest,
  { case_id, state }: { case_id: number; state: CaseState },
  again: (guest: Guest) => Promise<Page>,
): Promise<Answer> =>
  taken(
    guest,
    `case-word-${case_id}`,
    async () => {
      await goOn(app, case_id, null, wordsIn(guest.form))
      return `${guest.place.root}/cases/${case_id}?done=${state === 'resolved' ? 'again' : 'word'}`
    },
    again,
  )
