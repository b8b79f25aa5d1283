import type { SmsPolicy } from '../policy.ts'

export const tencent: SmsPolicy = {
  code: 'tencent',
  name: { en: 'Tencent Cloud, mainland China', zh: '腾讯云短信（中国大陆）' },
  source:
    'Tencent Cloud SMS: standards of body templates (doc 382/39023) and the notice on opt-out wording (doc 382/100568)',
  most: { characters: 500, segments: 8 },
  signature: { min: 2, max: 12 },
  optOut: ['拒收请回复R', '拒收請回覆R', '回T退订', '回TD退订'],
  variables: {
    most: { offer: 10, service: 10, legal: 10 },
    longest: 35,
    adjacent: false,
    without: ['link', 'brackets'],
  },
  links: 'fixed',
}
