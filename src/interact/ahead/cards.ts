/**
 * Cards of the customers next in line: what the desk is about to ask of each, read for some dozens at once before their turn comes. A
 * card is only ever a reading that is still right: its customer's mark is asked again before it is used, and one that differs is thrown away.
 */
import type { Standing } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { Look, LookRuns } from '../desk/look.ts'
import type { AtHand } from '../tasks/customer-at-hand.ts'
import type { DeskScript } from '../tasks/kinds/kind.ts'
import { together } from '../tasks/together.ts'
import { marksOf } from './mark.ts'

export interface Card {
  runs: LookRuns
  look: Look
  hand: AtHand
  /** As `standingConsents` says them. */
  consents: ReadonlyMap<string, Standing>
  /** By task, as they were composed. */
  scripts: ReadonlyMap<string, DeskScript>
}

interface Kept {
  card: Card
  mark: string
  /** When the mark was asked for; the card was read after it. */
  markedAt: number
  /** When it was last asked for and still the same. */
  sameAt: number
}

/** Cards hold no longer than a verdict of the gate, and personal data no longer in memory than that. */
export const KEPT_MS = 10 * 60_000
/** Some 20 kB each. */
const MOST = 512
/** What is said is on the desk within a second: so long a mark needs not be asked again. */
const SAME_MS = 1000
/** Clocks of machines differ. */
const BEFORE_MS = 60_000

const stores = new WeakMap<App['workflow'], Map<number, Kept>>()

function storeOf(app: App): Map<number, Kept> {
  const there = stores.get(app.workflow)
  if (there) return there
  const fresh = new Map<number, Kept>()
  stores.set(app.workflow, fresh)
  return fresh
}

export function keepCards(
  app: App,
  cards: ReadonlyMap<number, Card>,
  marks: ReadonlyMap<number, string>,
  at: number,
): void {
  const store = storeOf(app)
  setTimeout(() => dropOld(store), KEPT_MS).unref()
  for (const [id, card] of cards) {
    store.delete(id)
    store.set(id, { card, mark: marks.get(id)!, markedAt: at, sameAt: at })
  }
  for (const id of store.keys()) {
    if (store.size <= MOST) break
    store.delete(id)
  }
}

function dropOld(store: Map<number, Kept>): void {
  for (const [id, { markedAt }] of store) if (Date.now() - markedAt >= KEPT_MS) store.delete(id)
}

/** Something was done with the customer by this process: what was read before is not shown any more, not even for a second. */
export const forgetCard = (app: App, customerId: number): void => void stores.get(app.workflow)?.delete(customerId)

export const hasCard = (app: App, customerId: number): boolean => stores.get(app.workflow)?.has(customerId) ?? false

const sameNow = together<{ customerId: number; markedAt: number }, string | null>(async (app, asked) => {
  const since = new Date(Math.min(...asked.map(one => one.markedAt)) - BEFORE_MS)
  const marks = await marksOf(app, [...new Set(asked.map(one => one.customerId))], since)
  return asked.map(({ customerId }) => (marks.splits ? null : (marks.of.get(customerId) ?? null)))
})

export interface Wanted {
  /** Whatever was found a moment ago, asked again: for the gate. */
  anew?: boolean
  /** Read before this moment: nothing happened since then either. */
  before?: Date
}

/** null: none, or something happened since it was read. */
export async function cardOf(app: App, customerId: number, { anew, before }: Wanted = {}): Promise<Card | null> {
  const store = storeOf(app)
  const kept = store.get(customerId)
  if (!kept || (before && kept.markedAt > before.getTime())) return null
  const now = Date.now()
  if (now - kept.markedAt > KEPT_MS) {
    store.delete(customerId)
    return null
  }
  if (!anew && now - kept.sameAt < SAME_MS) return kept.card
  const mark = await sameNow(app, { customerId, markedAt: kept.markedAt })
  // Forgotten, or read anew, while it was asked for.
  if (store.get(customerId) !== kept) return null
  if (mark !== kept.mark) {
    store.delete(customerId)
    return null
  }
  kept.sameAt = now
  return kept.card
}
