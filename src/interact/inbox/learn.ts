/** Trains on labelled replies and says how good it is: five folds for the F1 and for the temperature, then all of them for the model. */
import { REPLY_CLASSES, type ReplyClass } from './classes.ts'
import { featuresOf } from './features.ts'
import { columnsOf, logits, mulberry, placed, type ReplyModel, shuffle, softmax, train } from './logistic.ts'

export interface Labelled {
  text: string
  class: ReplyClass
  /** Given by a person of the company, not of the seed. */
  own?: boolean
}

export interface Learnt {
  model: ReplyModel
  /** Macro mean over the classes, cross-validated. */
  f1: number
  f1By: Record<ReplyClass, number>
}

const FOLDS = 5
/** A label of the company's own customers says more than one of the seed. */
const OWN_WEIGHT = 2

export function learn(labelled: readonly Labelled[]): Learnt {
  const given = labelled.map(one => ({
    features: featuresOf(one.text),
    class: REPLY_CLASSES.indexOf(one.class),
    weight: one.own ? OWN_WEIGHT : 1,
  }))
  const hashes = columnsOf(given)
  const examples = placed(hashes, given)
  const order = examples.map((_, at) => at)
  shuffle(order, mulberry(11))
  const held: { logits: Float64Array; class: number }[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const inside = (place: number) => place % FOLDS !== fold
    const model = train(
      hashes,
      order.filter((_, place) => inside(place)).map(at => examples[at]!),
    )
    for (const at of order.filter((_, place) => !inside(place)))
      held.push({ logits: logits(model, examples[at]!.features), class: examples[at]!.class })
  }
  const f1By = f1Of(held.map(one => [one.class, one.logits.indexOf(Math.max(...one.logits))]))
  return { model: { ...train(hashes, examples), temperature: temperatureOf(held) }, f1: macro(f1By), f1By }
}

/** Of pairs [true, said]; a class that never occurs counts as right. */
export function f1Of(pairs: readonly (readonly [number, number])[]): Record<ReplyClass, number> {
  const one = (k: number): number => {
    const right = pairs.filter(([truth, said]) => truth === k && said === k).length
    const wrong = pairs.filter(([truth, said]) => (truth === k) !== (said === k)).length
    return right + wrong === 0 ? 1 : (2 * right) / (2 * right + wrong)
  }
  return Object.fromEntries(REPLY_CLASSES.map((name, k) => [name, one(k)])) as Record<ReplyClass, number>
}

export const macro = (f1By: Record<ReplyClass, number>, of: readonly ReplyClass[] = REPLY_CLASSES): number =>
  of.reduce((sum, name) => sum + f1By[name], 0) / of.length

/** The one under which what was held out is likeliest, .3 to 5 in steps of 5 %. */
function temperatureOf(held: readonly { logits: Float64Array; class: number }[]): number {
  let best = 1
  let least = Number.POSITIVE_INFINITY
  for (let temperature = 0.3; temperature < 5; temperature *= 1.05) {
    let loss = 0
    for (const one of held) loss -= Math.log(softmax(one.logits.slice(), temperature)[one.class]! + 1e-12)
    if (loss < least) {
      least = loss
      best = temperature
    }
  }
  return best
}
