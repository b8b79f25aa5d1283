import type { SmsPolicy } from '../policy.ts'

export const alibaba: SmsPolicy = {
  code: 'alibaba',
  name: { en: 'Alibaba Cloud, mainland China', zh: '阿里云短信（中国大陆）' },
  source: 'Alibaba Cloud Short Message Service: signature and template specifications',
  most: { characters: 500, segments: 8 },
  signature: { min: 2, max: 12 },
  optOut: ['拒收请回复R', '拒收請回覆R', '回T退订', '回TD退订'],
  variables: {
    most: { offer: 10, service: 10, legal: 10 },
    longest: 35,
    adjacent: true,
    without: ['link', 'phone', 'brackets'],
  },
  links: 'fixed',
}
