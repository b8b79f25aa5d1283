import type { App } from '../../platform/app.ts'
import { type Gathered, gather } from './gather.ts'
import { type Bucketing, dayOf } from './periods.ts'

interface Kept {
  key: string
  gathered: Promise<Gathered>
}

const kept = new WeakMap<object, Kept>()
/** Of so many voices gathering takes seconds: pages that ask again within the minute see the same. Fewer are gathered anew each time. */
const MANY = 50_000
const KEPT_MS = 60_000

/** For pages: whoever asks while it is gathered waits for the same. */
export async function gatheredLately(app: App, by: Bucketing, today = dayOf(Date.now())): Promise<Gathered> {
  const key = `${by} ${today}`
  const known = kept.get(app.facts)
  if (known?.key === key) return known.gathered
  const entry = { key, gathered: gather(app, by, today) }
  kept.set(app.facts, entry)
  const forget = (): void => {
    if (kept.get(app.facts) === entry) kept.delete(app.facts)
  }
  try {
    const gathered = await entry.gathered
    if (gathered.voices.length < MANY) forget()
    else setTimeout(forget, KEPT_MS).unref()
    return gathered
  } catch (error) {
    forget()
    throw error
  }
}
