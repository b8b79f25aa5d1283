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
  /** Nothing but a stop follows by itself from less: an offer too few costs less than one that breaks a promise. */
  sure: boolean
  guesses: [ReplyClass, number][]
}

/** Calibrated probability from which a machine may act: above it .97–1.00 of the development replies were right. */
export const SURE = 0.85

export interface Asked {
  own: string
  channel: string
  /** By its headers (RFC 3834) nobody wrote it. */
  automatic?: boolean | undefined
  /** Words of the provider that mean stop. */
  stopWords?: readonly string[] | undefined
  /** A provider's word, whoever reads it. */
  stop?: boolean | undefined
}

export async function classify(app: Pick<App, 'workflow'>, asked: Asked): Promise<Classified> {
  return byRule(asked) ?? byModel(await replyModel(app), asked.own)
}

export function byRule({ own, channel, automatic, stopWords, stop }: Asked): Classified | null {
  const rule = (name: ReplyClass): Classified => ({
    class: name,
    probability: 1,
    by: 'rule',
    sure: true,
    guesses: [[name, 1]],
  })
  if (automatic) return rule('away')
  if (stop || saysStop(own, channel, stopWords)) return rule('stop')
  // Pictures alone, an empty mail: nothing to be told apart.
  return own.trim() === '' ? { ...rule('other'), sure: false, probability: 0 } : null
}

export function byModel(model: ReplyModel, own: string): Classified {
  const p = guess(model, featuresOf(own))
  const guesses = REPLY_CLASSES.map((name): [ReplyClass, number] => [name, p[name]])
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
  const [name, probability] = guesses[0]!
  return { class: name, probability, by: 'model', sure: probability >= SURE, guesses }
}
