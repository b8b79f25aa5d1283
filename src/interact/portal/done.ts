import { doneNote } from './forms.ts'
import { type Html, html } from './html.ts'
import { surveyBox } from './survey-box.ts'
import { asked, type Guest } from './visit.ts'
import { EN, type PortalWord } from './words-en.ts'

/** After these nobody is asked how it was: they just complained, want to be gone, or have answered. */
const NOT_AFTER: ReadonlySet<string> = new Set(['case', 'again', 'word', 'export', 'erasure', 'survey'])

/** What a page says after something was done: one of our own sentences, named in the address; and a short survey, where there is one. */
export async function doneOf(guest: Guest): Promise<Html | null> {
  const [name = '', number = ''] = asked(guest, 'done').split('-')
  const word = [`done.${name}`, `offer.done.${name}`].find((key): key is PortalWord => Object.hasOwn(EN, key))
  if (!word) return null
  const note = doneNote(guest.words.say(word, { number: /^\d{1,10}$/.test(number) ? number : '' }))
  return html`${note}${NOT_AFTER.has(name) ? null : await surveyBox(guest)}`
}
