/** What every desk asks for and what changes seldom (policy, offers, decay) is read at most so often; a read that failed is not kept. */
import type { Store } from './task-table.ts'

/** `anew`: whatever is kept, asked again. */
export function keptFor<A extends Store, T>(ms: number, read: (app: A) => Promise<T>) {
  const kept = new WeakMap<Store['workflow'], { at: number; value: Promise<T> }>()
  const anew = (app: A): Promise<T> => {
    const value = read(app)
    kept.set(app.workflow, { at: Date.now(), value })
    value.catch(() => kept.delete(app.workflow))
    return value
  }
  const now = (app: A): Promise<T> => {
    const held = kept.get(app.workflow)
    return held && Date.now() - held.at < ms ? held.value : anew(app)
  }
  return Object.assign(now, { anew })
}
