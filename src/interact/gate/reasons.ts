import type { Text } from '../../platform/text.ts'

/** Why a message was not sent, or could not be. */
export const deliveryReasons = {
  'no-consent': { en: 'No consent for this channel', zh: '客户未同意此渠道' },
  'no-paper-consent': {
    en: 'The customer has not agreed, or no longer agrees, to electronic papers',
    zh: '客户未同意（或已撤回同意）接收电子文书',
  },
  suppressed: { en: 'The address is on the suppression list', zh: '该地址在禁发名单中' },
  'quiet-hours': { en: 'Quiet hours where the customer lives', zh: '客户所在地处于免打扰时段' },
  'contact-limit': { en: 'The contact policy leaves no room', zh: '已达联系频次上限' },
  blackout: { en: 'A blackout after a complaint, a bounce or the like holds', zh: '投诉、退信等之后的静默期' },
  complaint: { en: 'A complaint is open or was recent', zh: '投诉未结或近期有投诉' },
  'service-first': { en: 'Service before sales: a request came lately', zh: '服务优先：近期有服务请求' },
  'quiet-period': { en: 'Nothing is offered in this period', zh: '静默期内不发送优惠' },
  'own-wish': { en: 'The customer wants no more offers than this', zh: '已达客户自己设定的优惠次数' },
  'preferred-channel': { en: 'The customer prefers another channel', zh: '客户偏好其他渠道' },
  'other-offer': { en: 'Another offer excludes it, or must come first', zh: '与其他优惠互斥，或须先接受另一优惠' },
  'bad-address': { en: 'The address does not fit the channel', zh: '地址不适用于该渠道' },
} satisfies Record<string, Text>

export type DeliveryReason = keyof typeof deliveryReasons

export const reasonText = (reason: string): Text | null =>
  reason === '' ? null : (deliveryReasons[reason as DeliveryReason] ?? { en: reason, zh: reason })
