import type { SmsPolicy } from '../policy.ts'

export const volcengine: SmsPolicy = {
  code: 'volcengine',
  name: { en: 'Volcengine, mainland China', zh: '火山引擎短信（中国大陆）' },
  source: 'Volcengine SMS: template specifications, marketing and notification messages',
  most: { characters: 500, segments: 8 },
  signature: { min: 2, max: 16 },
  optOut: ['拒收请回复R', '拒收請回覆R', '回T退订'],
  variables: {
    most: { offer: 0, service: 10, legal: 10 },
    longest: 35,
    adjacent: true,
    without: ['link', 'phone', 'currency', 'brackets'],
  },
  links: 'fixed',
}
