import type { MessageChannel } from '../compose/template.ts'
import { errors } from '../errors.ts'
import type { StoredVersion } from '../template-store.ts'
import type { Kind } from './kind.ts'

/** The live template by which a kind goes a way: the one its row names, else one of that name or kind which goes that way. */
export function templateOf(
  all: readonly Kind[],
  live: readonly StoredVersion[],
  kind: string,
  channel: string,
): StoredVersion {
  const way = all.find(each => each.code === kind)?.ways.find(each => each.channel === channel)
  const going = live.filter(({ content }) => content.manifest.channel === channel)
  const found =
    going.find(({ content }) => content.id === way?.template) ??
    going.find(({ content }) => content.id === kind) ??
    going.find(({ content }) => content.manifest.kind === kind)
  if (!found) throw errors['personalize.no-template']({ kind: `${kind} (${channel})` })
  return found
}

/** Offer messages are named as the plan names their channel. */
const CHANNELS: Record<string, MessageChannel> = { letter: 'print', email: 'email', sms: 'sms', script: 'call' }
export const plannedChannel = (kind: string): MessageChannel => CHANNELS[kind] ?? 'print'
