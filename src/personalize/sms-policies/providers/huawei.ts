import type { SmsPolicy } from '../policy.ts'

export const huawei: SmsPolicy = {
  code: 'huawei',
  name: { en: 'Huawei Cloud, mainland China', zh: '华为云短信（中国大陆）' },
  source: 'Huawei Cloud Message & SMS: signature and template specifications, promotional and notification templates',
  most: { characters: 500, segments: 8 },
  signature: { min: 2, max: 16 },
  optOut: ['拒收请回复R', '拒收請回覆R'],
  variables: { most: { offer: 0, service: 10, legal: 10 }, longest: 35, adjacent: true, without: ['link', 'brackets'] },
  links: 'fixed',
}
