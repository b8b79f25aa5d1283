import type { Text } from '../../platform/text.ts'

/** Why a message was not sent, or could not be. */
export const deliveryReasons = {
  'no-consent': { en: 'No consent for this channel', zh: '客户未同意此渠道' },
  suppressed: { en: 'The address is on the suppression list', zh: '该地址在禁发名单中' },
  'quiet-hours': { en: 'Quiet hours where the customer lives', zh: '客户所在地处于免打扰时段' },
  'contact-limit': { en: 'The contact policy leaves no room', zh: '已达联系频次上限' },
  blackout: { en: 'A blackout after a complaint or bounce holds', zh: '投诉或退信后的静默期' },
  'bad-address': { en: 'The address does not fit the channel', zh: '地址不适用于该渠道' },
} satisfies Record<string, Text>

export type DeliveryReason = keyof typeof deliveryReasons

export const reasonText = (reason: string): Text | null =>
  reason === '' ? null : (deliveryReasons[reason as DeliveryReason] ?? { en: reason, zh: reason })
