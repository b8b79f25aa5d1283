import type { Text } from '../../platform/text.ts'
import type { Period, Service } from './service.ts'

const per: Record<Period, Text> = {
  month: { en: 'a month', zh: '每月' },
  quarter: { en: 'a quarter', zh: '每季' },
  year: { en: 'a year', zh: '每年' },
}

export function serviceInWords(service: Service | undefined): Text {
  if (!service || (service.calls === 0 && service.offers === 0)) return { en: 'nothing promised', zh: '未作承诺' }
  const { calls, minutes, offers } = service
  const en = [
    ...(calls > 0 ? [`${calls} ${calls === 1 ? 'call' : 'calls'} of ${minutes} min`] : []),
    ...(offers > 0 ? [`${offers} ${offers === 1 ? 'offer' : 'offers'}`] : []),
  ]
  const zh = [
    ...(calls > 0 ? [`${calls} 次通话（每次 ${minutes} 分钟）`] : []),
    ...(offers > 0 ? [`${offers} 次优惠`] : []),
  ]
  return { en: `${en.join(' and ')} ${per[service.per].en}`, zh: `${per[service.per].zh}${zh.join('、')}` }
}
