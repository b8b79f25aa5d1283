/** What a reply of the other side, or its silence, means for one message and for the whole way. */
import { ChannelDown, type Verdict } from '../channel.ts'

/** As nodemailer's SMTPConnection gives them. */
export interface SmtpError extends Error {
  code?: string
  originalCode?: string
  command?: string
  response?: string
  responseCode?: number
}

export interface Moment {
  /** The server had said 354 and the message was on its way: from here on its loss is not certain. */
  handedOver: boolean
}

const line = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 300)

/** RFC 3463: x.y.z of a reply, '' when it has none. */
export const enhanced = (response: string): string => /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? ''

/** The receiving domain asks for less: 421 by any word, and 4.7.x (policy, rate, reputation). */
export const asksForLess = (code: number, response: string): boolean =>
  code === 421 || enhanced(response).startsWith('4.7.')

/** Throws ChannelDown when it is not the message's fault. */
export function verdictOf(error: SmtpError, { handedOver }: Moment): Verdict {
  const { responseCode = 0, response = '', command = '' } = error
  const detail = line(response || error.message)
  if (command === 'MAIL FROM' && responseCode >= 500 && /sender|5\.1\.[78]|5\.7\.1|5\.5\.1|530|authent/i.test(response))
    throw new ChannelDown('refuses', detail)
  if (
    responseCode >= 500 &&
    /relay(?:ing)? (?:access )?(?:denied|not permitted)|authentication required/i.test(response)
  )
    throw new ChannelDown('refuses', detail)
  if (responseCode >= 500) return { state: 'failed', reason: enhanced(response) || String(responseCode), detail }
  if (responseCode >= 400)
    return { state: 'deferred', reason: enhanced(response) || String(responseCode), detail, afterMs: 0 }
  if (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') return { state: 'failed', reason: 'bad-address', detail }
  // No reply at all: closed, reset, timed out. Whoever swallows one message would swallow the next: nothing more goes that way for now.
  const { reason, detail: said } = downOf(error)
  throw new ChannelDown(reason, said, !handedOver)
}

/** Of a connection that could not be made or was lost before anything was handed over. */
export function downOf(error: SmtpError): ChannelDown {
  const system = error.originalCode ?? error.code ?? ''
  const said = line(error.response || error.message)
  const { command = '', code = '' } = error
  if (code === 'EAUTH' || /AUTH/.test(command)) return new ChannelDown('password', said)
  if (/CERT_HAS_EXPIRED/.test(system) || /certificate has expired/i.test(said))
    return new ChannelDown('certificate-expired', said)
  if (
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|ERR_TLS/.test(system) ||
    /certificate|self[- ]signed|altname/i.test(said)
  )
    return new ChannelDown('certificate', said)
  if (code === 'ETLS') return new ChannelDown('no-tls', said)
  if (code === 'ETIMEDOUT' || system === 'ETIMEDOUT') return new ChannelDown('timed-out', said)
  if (error.responseCode) return new ChannelDown('refuses', said)
  return new ChannelDown('unreachable', said)
}
