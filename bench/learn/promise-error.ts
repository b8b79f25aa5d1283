import { promiseWorld } from './promise-world.ts'

/** Averages over worlds, of the last half of the turns. */
export interface PromiseError {
  /** Acceptances come for each promised: geometric mean, and half of what lies between a world and the next (standard deviation of its logarithm). */
  answers: number
  answersSpread: number
  /** Margin truly earned for each promised, all worlds together. */
  money: number
  /** Truly earned less contacts, for what it would have been had the truth been known. */
  net: number
}

export function promiseError(worlds: number, learn: boolean, customers = 6000, turns = 6): PromiseError {
  const logs: number[] = []
  let [promised, earned, net, best] = [0, 0, 0, 0]
  for (let seed = 1; seed <= worlds; seed++)
    for (const turn of promiseWorld({ customers, turns, learn, seed: 77 * seed }).slice(turns / 2)) {
      logs.push(Math.log(turn.answers.came / turn.answers.promised))
      promised += turn.money.promised
      earned += turn.money.earned
      net += turn.net
      best += turn.best
    }
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length
  const spread = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length)
  return { answers: Math.exp(mean), answersSpread: spread, money: earned / promised, net: net / best }
}
