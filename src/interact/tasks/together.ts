/**
 * One question at a time, and whoever asks meanwhile is in the next together: to ask of several costs little more than of one, so
 * that many who ask in the same moment do not each wait behind the others. No answer is older than the question.
 */
import type { App } from '../../platform/app.ts'

interface Asking<I, O> {
  item: I
  answer: PromiseWithResolvers<O>
}

/** `work` answers each item, in their order. */
export function together<I, O>(work: (app: App, items: readonly I[]) => Promise<readonly O[]>) {
  const asking = new WeakMap<App['workflow'], Asking<I, O>[]>()

  async function inTurn(app: App, first: Asking<I, O>[]): Promise<void> {
    for (let now = first; now.length > 0; now = asking.get(app.workflow)?.splice(0) ?? []) {
      try {
        const answers = await work(
          app,
          now.map(one => one.item),
        )
        for (const [at, { answer }] of now.entries()) answer.resolve(answers[at]!)
      } catch (error) {
        for (const { answer } of now) answer.reject(error)
      }
    }
    asking.delete(app.workflow)
  }

  return (app: App, item: I): Promise<O> => {
    const answer = Promise.withResolvers<O>()
    const queue = asking.get(app.workflow)
    if (queue) queue.push({ item, answer })
    else {
      asking.set(app.workflow, [])
      void inTurn(app, [{ item, answer }])
    }
    return answer.promise
  }
}
