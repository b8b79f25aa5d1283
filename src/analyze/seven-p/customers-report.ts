import type { z } from 'zod'
import type { Lang } from '../../platform/errors.ts'
import type { Report } from '../../platform/export/index.ts'
import type { Text } from '../../platform/text.ts'
import type { customersBehind } from './api.ts'

/** So many customers at most leave in one file. */
export const MOST_EXPORTED = 10_000

const heads: [Text, 'text' | 'money' | 'share' | 'count'][] = [
  [{ en: 'Customer', zh: '客户编号' }, 'text'],
  [{ en: 'Name', zh: '姓名' }, 'text'],
  [{ en: 'Mobile', zh: '手机' }, 'text'],
  [{ en: 'Segment', zh: '客群' }, 'text'],
  [{ en: 'Place', zh: '地区' }, 'text'],
  [{ en: 'Expected value', zh: '预期价值' }, 'money'],
  [{ en: 'Margin, 12 months', zh: '近 12 个月毛利' }, 'money'],
  [{ en: 'Churn', zh: '流失概率' }, 'share'],
  [{ en: 'Last purchase', zh: '最近购买' }, 'text'],
]

export function customersReport(
  list: z.infer<typeof customersBehind>,
  { lang, at, by }: { lang: Lang; at: string; by: string },
): Report {
  const say = (text: Text): string => (lang === 'zh-CN' ? text.zh : text.en)
  const title = say({ en: 'Customers behind a figure', zh: '指标背后的客户' })
  return {
    title,
    lead: [
      say(list.who),
      lang === 'zh-CN'
        ? `数据截至 ${list.asOf}，共 ${list.total} 位，本文件 ${list.rows.length} 位；${by} 于 ${at} 导出`
        : `As of ${list.asOf}, ${list.total} customers, ${list.rows.length} in this file; taken by ${by} at ${at}`,
    ],
    lang,
    currency: list.currency,
    sections: [
      {
        title: say({ en: 'Customers', zh: '客户' }),
        note: say(list.who),
        columns: heads.map(([name, unit]) => ({ name: say(name), unit })),
        rows: list.rows.map(row => [
          String(row.customerId),
          row.name,
          row.mobile,
          say(row.segment),
          say(row.place),
          row.valueMinor,
          row.marginMinor,
          row.churn,
          row.lastPurchase ?? '',
        ]),
      },
    ],
  }
}
