import { createHash } from 'node:crypto'

/**
 * The one name of a communication: planned twice, composed twice or sent twice, it is the same. A bill is made once a month and a
 * legal notice once, whatever the turn; offer messages belong to the turn that chose them.
 */
export function communicationId(of: {
  turnId: number
  month: string
  customerId: number
  kind: string
  offer: string
  channel: string
  /** Of what goes another way beside its original. */
  copy?: boolean
}): string {
  const parts =
    of.kind === 'bill'
      ? ['bill', of.customerId, of.month]
      : of.kind === 'notice'
        ? ['notice', of.customerId, of.offer]
        : [of.turnId, of.customerId, of.kind, of.offer, of.channel]
  return createHash('sha256')
    .update(JSON.stringify(of.copy ? [...parts, 'copy', of.channel] : parts))
    .digest('hex')
    .slice(0, 32)
}
