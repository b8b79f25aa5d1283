/** Stages to the right that act on what others report: told as soon as it is on disk, before the sender is answered. */
import type { App } from '../../platform/app.ts'
import { takeUpEventConsents } from '../consent/from-events.ts'

/** Finds what is new by itself, and does nothing twice: it is told again after a crash, and when nothing is new. */
type Hear = (app: App) => Promise<unknown>

const listeners = new Map<string, { types: ReadonlySet<string>; hear: Hear }>()

export function whenReported(name: string, types: readonly string[], hear: Hear): void {
  listeners.set(name, { types: new Set(types), hear })
}

/** What of a batch somebody may act on. */
export interface Telling {
  types: readonly string[]
  /** Some payload has consents. */
  consents: boolean
}

/** The events are stored whatever happens here; what fails is made good when the next is told, or by the turn. */
export async function tellReported(app: App, { types, consents }: Telling): Promise<void> {
  const wanted = [
    ...(consents ? [takeUpEventConsents] : []),
    ...[...listeners.values()].filter(one => types.some(type => one.types.has(type))).map(({ hear }) => hear),
  ]
  for (const hear of wanted)
    await hear(app).catch(error => app.log.error({ err: error }, 'what was reported could not be acted on'))
}
