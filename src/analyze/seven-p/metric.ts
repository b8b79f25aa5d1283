import type { Text } from '../../platform/text.ts'
import type { metrics } from './api.ts'

export type Metric = (typeof metrics)[number]

/** Over rows of seven_p_months. */
export const SUM_OF: Record<Metric, string> = {
  sales: 'sum(gross_minor) - sum(returned_minor)',
  margin: 'sum(margin_minor)',
  orders: 'sum(orders)',
}

export const metricNames: Record<Metric, Text> = {
  sales: { en: 'Sales', zh: '销售额' },
  margin: { en: 'Margin', zh: '毛利' },
  orders: { en: 'Orders', zh: '订单数' },
}

export const unitOf = (metric: Metric) => (metric === 'orders' ? ('count' as const) : ('money' as const))
