/** What a reply is: words that leave no doubt by rules, everything else by the model, with its doubt. */
import type { App } from '../../platform/app.ts'
import { REPLY_CLASSES, type ReplyClass } from './classes.ts'
import { featuresOf } from './features.ts'
import { guess, type ReplyModel } from './logistic.ts'
import { replyModel } from './model-store.ts'
import { saysStop } from './stop-words.ts'

export interface Classified {
  class: ReplyClass
  probability: number
  by: 'rule' | 'model'
  /** Nothing but a stop follows by itself from less. */
  sure: boolean
  guesses: [ReplyClass, number][]
}

/** Calibrated probability from which a machine may act. */
export const SURE = 0.8
/** A stop the model only suspects is kept all the same: an offer too few costs less than one that breaks a promise. */
const SUSPECTED_STOP = 0.5

export interface Asked {
  own: string
  channel: string
  /** By its headers (RFC 3834) nobody wrote it. */
  automatic?: boolean | undefined
  /** Words of the provider that mean stop. */
  stopWords?: readonly string[] | undefined
}

export async function classify(app: Pick<App, 'workflow'>, asked: Asked): Promise<Classified> {
  return byRule(asked) ?? byModel(await replyModel(app), asked.own)
}

export function byRule({ own, channel, automatic, stopWords }: Asked): Classified | null {
  const rule = (name: ReplyClass): Classified => ({
    class: name,
    probability: 1,
    by: 'rule',
    sure: true,
    guesses: [[name, 1]],
  })
  if (automatic) return rule('away')
  if (saysStop(own, channel, stopWords)) return rule('stop')
  // Pictures alone, an empty mail: nothing to be told apart.
  return own.trim() === '' ? { ...rule('other'), sure: false, probability: 0 } : null
}

export function byModel(model: ReplyModel, own: string): Classified {
  const p = guess(model, featuresOf(own))
  const guesses = REPLY_CLASSES.map((name): [ReplyClass, number] => [name, p[name]])
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
  const [name, probability] = guesses[0]!
  const sure = probability >= SURE || (name === 'stop' && probability >= SUSPECTED_STOP)
  return { class: name, probability, by: 'model', sure, guesses }
}
