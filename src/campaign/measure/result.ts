import type { z } from 'zod'
import type { Text } from '../../platform/text.ts'
import type { campaignView } from '../api.ts'
import { difference, type Moments, meanOf } from './difference.ts'

export type Result = NonNullable<z.infer<typeof campaignView>['result']>

export interface Measured {
  planned: Moments
  control: Moments
  /** Minor units spent on contacts. */
  cost: number
  horizonDays: number
  /** The period was already past when the messages were made: nobody of it can have received them. */
  past: boolean
}

const metricName = (days: number): Text => ({
  en: `Margin of the ${days} days after the date, per customer`,
  zh: `基准日后 ${days} 天内的人均毛利`,
})

/**
 * What the campaign did: planned against those of the control group whom the plan would have chosen. Over a past that nobody
 * was contacted in, the same comparison is a check of the method (A/A): the difference must lie within its error, and
 * there is no return to speak of.
 */
export function judge(m: Measured): Result {
  const found = difference(m.planned, m.control)
  const armOf = (moments: Moments) => ({ customers: moments.customers, mean: meanOf(moments), total: moments.sum })
  const gained = found ? found.difference * m.planned.customers : 0
  return {
    label: m.past
      ? {
          en: 'A/A check: nobody of this period received our messages',
          zh: 'A/A 检验：该时期内没有客户收到过我们的消息',
        }
      : { en: 'Planned against control', zh: '计划组与对照组对比' },
    isAA: m.past,
    metric: metricName(m.horizonDays),
    planned: armOf(m.planned),
    control: armOf(m.control),
    difference: found?.difference ?? 0,
    standardError: found?.standardError ?? 0,
    low: found?.low ?? 0,
    high: found?.high ?? 0,
    withinError: found?.withinError ?? false,
    verdict: verdict(m, found),
    returnOnInvestment: m.past || !found || m.cost <= 0 ? null : (gained - m.cost) / m.cost,
  }
}

function verdict(m: Measured, found: ReturnType<typeof difference>): Text {
  if (!found)
    return {
      en: 'One of the groups is too small to tell anything.',
      zh: '其中一组人数过少，无法得出结论。',
    }
  if (m.past)
    return found.withinError
      ? {
          en: 'The groups are alike, as they must be: the comparison can be trusted.',
          zh: '两组表现一致，符合预期：该对比方法可信。',
        }
      : {
          en: 'The groups differ although nobody was contacted: by chance (1 in 20), or the groups are not alike.',
          zh: '无人被联系，两组却有差异：可能出于偶然（二十分之一），也可能两组本身不一致。',
        }
  if (found.withinError) return { en: 'No effect can be told from chance.', zh: '效果与随机波动无法区分。' }
  return found.difference > 0
    ? { en: 'The campaign earned more than chance explains.', zh: '活动带来的收益超出随机波动。' }
    : { en: 'Customers contacted bought less than the control group.', zh: '被联系客户的购买少于对照组。' }
}
