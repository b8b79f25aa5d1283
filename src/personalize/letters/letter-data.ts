/** The data of one letter: the customer's, as for any communication of its kind, and what the agent wrote. */
import { contactPolicy } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import type { Data } from '../compose/check-data.ts'
import { type Message, messageData, type Wanted } from '../data/message-data.ts'
import type { LetterContent } from './tables.ts'

export interface LetterOf {
  /** Of the communication it becomes. */
  id: string
  customerId: number
  kind: string
  channel: string
  language: string
}

const today = (): string => new Date().toISOString().slice(0, 10)

/** As of today and the newest identity run. */
export async function letterMessage(
  app: App,
  letter: LetterOf,
  content: LetterContent,
  wanted: Wanted,
): Promise<Message> {
  const [identityRun, { currency }] = await Promise.all([app.runs.latest('identity'), contactPolicy(app)])
  const basis = {
    turnId: 0,
    asOf: today(),
    runId: 0,
    identityRun: identityRun ?? 0,
    campaignRun: 0,
    composedRuns: [],
    planRun: 0,
    wave: 0,
    later: [],
  }
  const planned = {
    id: letter.id,
    customerId: letter.customerId,
    campaignId: 0,
    wave: 0,
    kind: letter.kind,
    channel: letter.channel,
    copy: false,
    offer: '',
    productCode: '',
    reason: '',
    why: '',
  }
  const [message] = await messageData(app, basis, [planned], currency, wanted)
  return {
    ...message!,
    language: letter.language,
    data: { ...message!.data, language: letter.language, ...written(content) },
  }
}

/** What the agent's part of the data is called by templates. */
export const written = ({ parts, texts, order, fields, enclosures }: LetterContent): Data => ({
  letter: { parts, texts, order, ...(enclosures.length > 0 ? { enclosures } : {}) },
  fields,
})
