/** A letter as a document: as the agent sees it while writing, and as it will go. */
import type { App } from '../../platform/app.ts'
import type { Data } from '../compose/check-data.ts'
import { holdReasons, type Outcome } from '../compose/outcome.ts'
import { composers } from '../composers.ts'
import type { Message } from '../data/message-data.ts'
import type { Carried } from '../kinds/with-document.ts'
import type { StoredVersion } from '../template-store.ts'
import { letterErrors } from './errors.ts'
import { letterMessage } from './letter-data.ts'
import { type Letter, letterCommunicationId, letterVersion } from './letter-store.ts'
import type { LetterContent } from './tables.ts'
import { versionOfWay } from './ways.ts'
import { wholeVersion } from './whole-version.ts'

type Composed = Extract<Outcome, { state: 'composed' }>

/** Always the printed page, whichever way it goes: what an agent writes is a letter. */
export async function previewLetter(app: App, letter: Letter, content: LetterContent): Promise<Composed> {
  const { content: version } = await letterVersion(app, letter)
  // What was submitted is what is approved, and sent: not what the customer's data say by now.
  if (letter.frozen && !['draft', 'returned'].includes(letter.state))
    return composeOne(app, version, letter.frozen.data)
  const of = { ...letter, id: letterCommunicationId(letter.id), channel: 'print' }
  const message = await letterMessage(app, of, content, { manifest: version.manifest, rules: version.rules })
  return composeOne(app, version, message.data)
}

export interface SetLetter {
  version: StoredVersion
  message: Message
  outcome: Composed
}

/** As it goes: by the live template of its way, with data of now. */
export async function setLetter(app: App, letter: Letter): Promise<SetLetter> {
  // The page the agent saw is set by the version it was begun with; what stands around it, by the version of the day.
  const version = letter.channel === 'print' ? await letterVersion(app, letter) : await versionOfWay(app, letter)
  if (letter.channel === 'print') await versionOfWay(app, letter)
  const { manifest, rules } = version.content
  const carries = manifest.channel === 'email' && manifest.attach === letter.template
  const carried: Carried | undefined = carries
    ? { template: letter.template, version: letter.templateVersion, as: 'attached' }
    : undefined
  const of = { ...letter, id: letterCommunicationId(letter.id) }
  const message = await letterMessage(app, of, letter.content, { manifest, rules, carried })
  return { version, message, outcome: await composeOne(app, version.content, message.data) }
}

async function composeOne(app: App, version: StoredVersion['content'], data: Data): Promise<Composed> {
  const [outcome] = await composers(app).compose(await wholeVersion(app, version, data), [data])
  if (outcome?.state === 'composed') return outcome
  const reason = outcome ? holdReasons[outcome.reason] : { en: 'no document', zh: '没有文档' }
  throw letterErrors['letters.cannot-compose']({ reason, detail: outcome?.detail ?? '' })
}
