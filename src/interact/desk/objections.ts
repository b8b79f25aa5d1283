/** What customers say against an offer and what to answer: content of the company, the offer's own before those heard of every offer. */
import { objectionsOn } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { wordsOf } from '../fragment-words.ts'

export interface ObjectionToOffer {
  /** Of the fragment; the outcome of the call names it. */
  id: string
  says: Text
  reply: Text
}

export async function objectionsTo(app: Pick<App, 'workflow'>, offer: string): Promise<ObjectionToOffer[]> {
  const known = await objectionsOn(app)
  const own = known.filter(({ offers }) => offers.includes(offer))
  const ofEvery = known.filter(({ offers }) => offers.length === 0)
  return [...own, ...ofEvery].map(({ id, says, reply }) => {
    const words = (language: string): string => reply.blocks.map(block => wordsOf(block, language, {})).join('\n')
    return { id, says, reply: { en: words('en'), zh: words('zh-CN') } }
  })
}
