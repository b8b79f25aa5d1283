import * as domain from './domains.ts'
import type { Feature } from './feature.ts'
import { purchases, returned, since } from './purchase-rows.ts'

/** What came back. */
export const returns: readonly Feature[] = [
  {
    id: 'returns_365',
    name: { en: 'Returns in a year', zh: '近一年退货次数' },
    meaning: { en: 'Invoices with returned goods in the last 365 days', zh: '最近 365 天含退货的单据数' },
    unit: 'count',
    family: 'returns',
    ...purchases,
    counts: `${returned} AND ${since(365)}`,
    type: 'UInt32',
    sql: `toUInt32(uniqExactIf(cityHash64(invoice), ${returned} AND ${since(365)}))`,
    domain: domain.count,
    predictor: 'log',
  },
  {
    id: 'returned_365_minor',
    name: { en: 'Returned in a year', zh: '近一年退货额' },
    meaning: { en: 'Value of goods returned in the last 365 days', zh: '最近 365 天退回商品的金额' },
    unit: 'money',
    family: 'returns',
    ...purchases,
    counts: `${returned} AND ${since(365)}`,
    type: 'Int64',
    sql: `-sumIf(amount_minor, ${returned} AND ${since(365)})`,
    domain: { ...domain.money, min: 0 },
  },
  {
    id: 'last_return_days',
    name: { en: 'Last return', zh: '最近退货距今' },
    meaning: { en: 'Days since goods were last returned', zh: '距最近一次退货的天数' },
    unit: 'days',
    family: 'returns',
    ...purchases,
    counts: returned,
    type: 'Nullable(UInt32)',
    sql: `if(countIf(${returned}) = 0, NULL, toUInt32({asOf:Date} - toDate(maxIf(sold_at, ${returned}))))`,
    domain: domain.countOrNull,
  },
]
