import { doneNote } from './forms.ts'
import type { Html } from './html.ts'
import { asked, type Visit } from './visit.ts'
import { EN, type PortalWord } from './words-en.ts'

/** What a page says after something was done: one of our own sentences, named in the address. */
export function doneOf(visit: Visit): Html | null {
  const [name = '', number = ''] = asked(visit, 'done').split('-')
  const word = [`done.${name}`, `offer.done.${name}`].find((key): key is PortalWord => Object.hasOwn(EN, key))
  return word ? doneNote(visit.words.say(word, { number: /^\d{1,10}$/.test(number) ? number : '' })) : null
}
