/** What a provider calls our messages, where receipts will come for them. */
import type { ManifestRow } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import type { ChannelRow } from '../channels/channel-store.ts'
import { channelKind } from '../channels/index.ts'

/** A long message has one name a segment; they stand in the receipt with a blank between. */
export async function noteProviderIds(
  { workflow }: Pick<App, 'workflow'>,
  channel: ChannelRow,
  receipts: readonly { row: ManifestRow; receipt: string }[],
): Promise<void> {
  if (receipts.length === 0 || !channelKind(channel.kind).can.receipts) return
  const at = new Date()
  const rows = receipts.flatMap(({ row, receipt }) =>
    receipt.split(' ').map(provider_id => ({
      channel_id: channel.channel_id,
      provider_id,
      communication_id: row.communication_id,
      customer_id: row.customer_id,
      at,
    })),
  )
  for (let from = 0; from < rows.length; from += 2000)
    await workflow.db
      .insertInto('delivery_provider_ids')
      .values(rows.slice(from, from + 2000))
      .onConflict(conflict => conflict.doNothing())
      .execute()
}
