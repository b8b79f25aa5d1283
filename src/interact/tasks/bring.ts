/** Takes up the work that stages to the left have for agents. Many agents ask at once; it is looked for every few seconds. */
import type { App } from '../../platform/app.ts'
import { kinds } from './kinds/index.ts'

const EVERY_MS = 4000

interface Last {
  at: number
  work: Promise<void>
}

const last = new WeakMap<App['workflow'], Last>()

/** `now`: somebody looks at the list, or there is nothing else to do. */
export function bringTasks(app: App, now = false): Promise<void> {
  const before = last.get(app.workflow)
  if (before && !now && Date.now() - before.at < EVERY_MS) return before.work
  const work = bringAll(app)
  last.set(app.workflow, { at: Date.now(), work })
  work.catch(() => last.delete(app.workflow))
  return work
}

async function bringAll(app: App): Promise<void> {
  for (const kind of kinds) await kind.bring?.(app)
}
