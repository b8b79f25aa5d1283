/** Consents said by mistake: a stop goes back only where nothing else says stop, a yes is withdrawn. In doubt we do not write. */
import { recordStatements, standingConsents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { WishChannel } from '../answers/wishes.ts'
import type { DoneOf } from './done.ts'
import type { Part, Stays } from './part.ts'
import type { Undoing } from './undoing.ts'

type Wishes = DoneOf<'consents'> | DoneOf<'granted'>

/** A channel is opened again only if it was open before, and closed again only if it was closed; the newest word on it must be ours. */
export async function consentParts(app: App, { customerId }: Undoing, done: Wishes): Promise<Part[]> {
  const runId = (await app.runs.latest('identity')) ?? 0
  const standing = await standingConsents(app, runId, [customerId])
  const at = new Date(done.at).getTime()
  const ours = (channel: WishChannel): boolean => standing.get(`${customerId}/${channel}`)?.at.getTime() === at
  const granted = (channel: WishChannel): boolean => standing.get(`${customerId}/${channel}`)?.granted === true
  const had = (channel: WishChannel): boolean => done.had.includes(channel)
  const part = (channels: WishChannel[], stays: Stays | null): Part[] =>
    channels.length === 0 ? [] : [{ done, channels, stays }]
  if (done.what === 'granted') {
    const fresh = done.channels.filter(one => granted(one) && !had(one))
    return [
      ...part(fresh.filter(ours), null),
      ...part(
        fresh.filter(one => !ours(one)),
        'granted-elsewhere',
      ),
    ]
  }
  const left = done.channels.filter(one => !granted(one))
  return [
    ...part(
      left.filter(one => had(one) && ours(one)),
      null,
    ),
    ...part(
      left.filter(one => had(one) && !ours(one)),
      'refused-elsewhere',
    ),
    ...part(
      left.filter(one => !had(one)),
      'no-consent-before',
    ),
  ]
}

/** The ledger says who gave the consent back and because of what. */
export const giveBack = (app: App, undoing: Undoing, left: Date, channels: readonly WishChannel[]) =>
  say(app, undoing, left, channels, 'granted')

export const withdraw = (app: App, undoing: Undoing, given: Date, channels: readonly WishChannel[]) =>
  say(app, undoing, given, channels, 'withdrawn')

async function say(
  app: App,
  { source, key, evidenceRef, customerId, userId }: Undoing,
  said: Date,
  channels: readonly WishChannel[],
  state: 'granted' | 'withdrawn',
): Promise<void> {
  const at = new Date()
  await recordStatements(
    app,
    channels.map(channel => ({
      kind: 'consent' as const,
      id: `${source}:${key}:${channel}:${said.getTime()}`,
      customerId,
      channel,
      state,
      at,
      source,
      evidenceHow: 'correction',
      evidenceRef,
      actor: userId,
    })),
  )
}
