import { errors } from '../errors.ts'
import type { Carries, ChannelKind } from './channel.ts'
import { imap, mailListener } from './inbound.ts'
import { portal } from './portal.ts'
import { sftp } from './sftp/sftp.ts'
import { smppChannel } from './sms/smpp.ts'
import { smsHttp } from './sms/sms-http.ts'
import { smtp } from './smtp/smtp.ts'
import { webhook } from './webhook.ts'

/** A new way out, or in, is one file and one line here. */
export const channelKinds: readonly ChannelKind[] = [
  smtp,
  smppChannel,
  smsHttp,
  webhook,
  portal,
  sftp,
  imap,
  mailListener,
]

export function channelKind(kind: string): ChannelKind {
  const found = channelKinds.find(one => one.kind === kind)
  if (!found) throw errors['interact.unknown-kind']({ kind, known: channelKinds.map(one => one.kind).join(', ') })
  return found
}

export const isCarried = (kind: ChannelKind, channel: string): boolean => kind.carries.includes(channel as Carries)
