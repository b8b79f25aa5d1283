import type { SmsPolicy } from '../policy.ts'

/** Lines over SMPP outside mainland China: what the network takes, and nothing about content. */
export const general: SmsPolicy = {
  code: 'general',
  name: { en: 'No rules of a provider (SMPP)', zh: '无服务商规则（SMPP）' },
  source: '3GPP TS 23.040, 9.2.3.24.1: at most 255 parts; what people still read ends long before',
  most: { characters: 500, segments: 8 },
  signature: null,
  optOut: null,
  variables: { most: {}, longest: 500, adjacent: true, without: ['brackets'] },
  links: 'any',
}
