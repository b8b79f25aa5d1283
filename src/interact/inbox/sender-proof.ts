/**
 * Whether a mail's From is who wrote it. A From can be anybody's (RFC 5322 asks nothing of it); what proves it is the check that our own mail
 * server made when the mail came in and wrote on top of it (Authentication-Results, RFC 8601), or an address that only a mail of ours names.
 */
import { domainToASCII } from 'node:url'
import { authenticationResults } from './authentication-results.ts'
import type { MailHead } from './read-mail.ts'

/**
 * dmarc: the domain of the From vouches for it (RFC 7489, 3.1) · dkim: its very domain signed it, and no DMARC says otherwise · reply-address:
 * it came to an address signed by us that stands in one mail alone · none: nothing shows it · '': not asked (another channel, an older mail).
 */
export const SENDER_PROOFS = ['dmarc', 'dkim', 'reply-address', 'none', ''] as const
export type SenderProof = (typeof SENDER_PROOFS)[number]

export const isProven = (proof: SenderProof): boolean => proof !== 'none' && proof !== ''

interface Known {
  /** By which the server of ours that checks names itself; '' nobody checks. */
  authservId: string
  /** It came to an address that we signed. */
  signed: boolean
}

export function senderProof(
  { from, authors, authentication }: Pick<MailHead, 'from' | 'authors' | 'authentication'>,
  { authservId, signed }: Known,
): SenderProof {
  return byServer(from, authors, authentication, authservId) ?? (signed ? 'reply-address' : 'none')
}

/**
 * Results of others are nothing: whoever sends a mail can write them. Ours takes away what pretends to be its own (RFC 8601, 5); where two
 * that name it disagree all the same, nothing is proven.
 */
function byServer(from: string, authors: number, authentication: readonly string[], authservId: string) {
  const domain = asciiOf(from.split('@')[1] ?? '')
  // Two authors: the server may have checked one and a person sees the other.
  if (authservId === '' || domain === '' || authors !== 1) return null
  const ours = authentication
    .map(authenticationResults)
    .filter(found => found?.authservId.toLowerCase() === authservId.toLowerCase())
    .flatMap(found => found?.results ?? [])
  const dmarc = ours.filter(({ method }) => method === 'dmarc')
  const said = (result: string, property: string) => (one: (typeof ours)[number]) =>
    one.result === result && asciiOf(one.properties[property] ?? '') === domain
  if (dmarc.length > 0 && dmarc.every(said('pass', 'header.from'))) return 'dmarc'
  // No policy is published there (RFC 8601, 2.7.6: none); a signature of that very domain is as good.
  if (dmarc.some(({ result }) => result !== 'none')) return null
  return ours.some(one => one.method === 'dkim' && said('pass', 'header.d')(one)) ? 'dkim' : null
}

const asciiOf = (domain: string): string => domainToASCII(domain.replace(/\.$/, '')).toLowerCase()
