/** From the agent's hand to the mail: submitted, approved by somebody else or returned, composed once, and handed to delivery. */
import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { letterErrors } from './errors.ts'
import { formOf } from './form.ts'
import {
  type Letter,
  letterOf,
  letterVersion,
  moveLetter,
  noteStep,
  refuseOthers,
  refuseState,
} from './letter-store.ts'
import { setLetter } from './set-letter.ts'

/** Sets it once as it would go: what cannot be set is laid before nobody, and what was set is what is approved. */
export async function submitLetter(app: App, id: number, userId: number, remark: string): Promise<Letter> {
  const letter = await letterOf(app, id)
  refuseOthers(letter, userId)
  refuseState(letter, ['draft', 'returned'])
  const { version, message, outcome } = await setLetter(app, letter)
  const form = formOf((await letterVersion(app, letter)).content, message.data)
  const empty = form.fields.find(({ name, required }) => required && (letter.content.fields[name] ?? '').trim() === '')
  if (empty) throw letterErrors['letters.field-empty']({ field: empty.title })
  const moved = await moveLetter(app, id, ['draft', 'returned'], 'submitted', {
    submitted_at: new Date(),
    sha256: outcome.sha256,
    frozen: {
      template: version.content.id,
      version: version.number,
      address: message.address,
      language: message.language,
      data: message.data,
    },
  })
  if (!moved) throw letterErrors['letters.changed']({ letter: id })
  await note(app, id, userId, 'submitted', remark)
  return letterOf(app, id)
}

/** Never by its author. What is approved is the document with the hash that was submitted, and no other. */
export async function approveLetter(app: App, id: number, userId: number, remark: string): Promise<Letter> {
  const letter = await letterOf(app, id)
  if (letter.author === userId) throw letterErrors['letters.four-eyes']({ letter: id })
  const moved = await moveLetter(app, id, ['submitted'], 'approved', { decided_by: userId, decided_at: new Date() })
  if (!moved) throw letterErrors['letters.state']({ letter: id, state: letter.state })
  await note(app, id, userId, 'approved', remark)
  return letterOf(app, id)
}

export async function returnLetter(app: App, id: number, userId: number, remark: string): Promise<Letter> {
  if (remark.trim() === '') throw letterErrors['letters.remark']()
  const letter = await letterOf(app, id)
  const moved = await moveLetter(app, id, ['submitted'], 'returned', { decided_by: userId, decided_at: new Date() })
  if (!moved) throw letterErrors['letters.state']({ letter: id, state: letter.state })
  await note(app, id, userId, 'returned', remark)
  return letterOf(app, id)
}

/** By its author, while it is not on its way: back to a draft, or given up. */
export async function withdrawLetter(
  app: App,
  id: number,
  userId: number,
  { remark, forGood }: { remark: string; forGood: boolean },
): Promise<Letter> {
  const letter = await letterOf(app, id)
  refuseOthers(letter, userId)
  const from = forGood ? (['draft', 'returned', 'submitted'] as const) : (['submitted'] as const)
  if (!(await moveLetter(app, id, from, forGood ? 'withdrawn' : 'draft')))
    throw letterErrors['letters.state']({ letter: id, state: letter.state })
  await note(app, id, userId, forGood ? 'withdrawn' : 'taken-back', remark)
  return letterOf(app, id)
}

async function note(app: App, id: number, userId: number, what: string, remark: string): Promise<void> {
  await noteStep(app, id, userId, what, remark.trim())
  await audit(app, { userId, action: `letter.${what}`, object: `letter/${id}` })
}
