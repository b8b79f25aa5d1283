import { type Offer, offers } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'

/** Read and checked at most so often: a changed offer is on the desks after this time. */
const KEPT_MS = 5000
const kept = new WeakMap<App['workflow'], { at: number; offers: Promise<Offer[]> }>()

export function offersNow(app: Pick<App, 'workflow'>): Promise<Offer[]> {
  const held = kept.get(app.workflow)
  if (held && Date.now() - held.at < KEPT_MS) return held.offers
  const now = offers(app).catch(() => [])
  kept.set(app.workflow, { at: Date.now(), offers: now })
  return now
}
