import type { Transport } from './transport.ts'

const MEDIA: Record<string, string> = {
  bill: 'application/pdf',
  letter: 'application/pdf',
  notice: 'application/pdf',
  email: 'message/rfc822',
  sms: 'text/plain; charset=utf-8',
}

/** A message made as a page is one, whatever its kind. */
const PAGE = 'text/html; charset=utf-8'
const isPage = (channel: Transport['channel']): boolean => channel === 'portal' || channel === 'kiosk'

/** Into the customer's inbox in the portal: a row under the communication's id, so that a second delivery finds the first. */
export const portalInbox = (channel: Transport['channel']): Transport => ({
  name: 'portal',
  channel,
  async deliver({ app }, batch) {
    const created_at = new Date()
    for (let from = 0; from < batch.length; from += 100)
      await app.workflow.db
        .insertInto('portal_messages')
        .values(
          batch.slice(from, from + 100).map(({ id, customerId, kind, offer, language, bytes }) => ({
            communication_id: id,
            customer_id: customerId,
            kind,
            offer,
            language,
            media_type: isPage(channel) ? PAGE : (MEDIA[kind] ?? 'application/octet-stream'),
            body: Buffer.from(bytes),
            created_at,
            read_at: null,
          })),
        )
        .onConflict(conflict => conflict.column('communication_id').doNothing())
        .execute()
    return batch.map(({ id }) => ({ id, state: 'settled', receipt: `portal/${id}`, reason: '' }))
  },
})
