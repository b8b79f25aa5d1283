import { offers } from '../../optimize/index.ts'
import { keptFor } from './kept-for.ts'

/** A changed offer is on the desks after this time. */
const KEPT_MS = 5000

export const offersNow = keptFor(KEPT_MS, (app: Parameters<typeof offers>[0]) => offers(app).catch(() => []))
