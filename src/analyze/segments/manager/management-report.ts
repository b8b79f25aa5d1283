import type { Lang } from '../../../platform/errors.ts'
import type { Report, ReportSection } from '../../../platform/export/index.ts'
import { type Text, textIn } from '../../../platform/text.ts'
import type { Management } from './management.ts'

/** The manager's page as tables. */
export function managementReport(view: Management, names: ReadonlyMap<string, Text>, lang: Lang): Report {
  const say = (en: string, zh: string) => (lang === 'zh-CN' ? zh : en)
  const segmentName = (code: string) => {
    const name = names.get(code)
    return name ? textIn(name, lang) : code
  }
  const { result, targets, before } = view
  const goal = (en: string, zh: string, now: number, target: number | null, was: number | null) =>
    [say(en, zh), now, target, target ? now / target : null, was] as const
  const results: ReportSection = {
    title: say('Target and result, 12 months', '12 个月目标与结果'),
    note: say(
      'Purchases of those who are in the segment now; contacts by the date they were made for.',
      '按当前成员统计的购买；触达按其业务日期统计。',
    ),
    columns: [
      { name: say('Figure', '指标'), unit: 'text' },
      { name: say('Result', '结果'), unit: 'money' },
      { name: say('Target', '目标'), unit: 'money' },
      { name: say('Reached', '完成率'), unit: 'share' },
      { name: say('The year before', '上一年'), unit: 'money' },
    ],
    rows: [
      goal('Revenue', '销售额', result.revenueMinor, targets.revenueMinor, before.revenueMinor),
      goal('Margin', '毛利', result.marginMinor, targets.marginMinor, before.marginMinor),
      goal('Contact cost', '触达成本', result.contactCostMinor, targets.contactCostMinor, null),
    ],
  }
  const months: ReportSection = {
    title: say('By month', '按月'),
    note: '',
    columns: [
      { name: say('Month', '月份'), unit: 'month' },
      { name: say('Revenue', '销售额'), unit: 'money' },
      { name: say('Margin', '毛利'), unit: 'money' },
      { name: say('Buyers', '购买客户'), unit: 'count' },
    ],
    rows: view.months.map(row => [row.from.slice(0, 7), row.revenueMinor, row.marginMinor, row.buyers]),
    bars: 1,
  }
  const movement: ReportSection = {
    title: say('Movement', '进出'),
    note: say('From where they came and where they went.', '从何处来、往何处去。'),
    columns: [
      { name: say('Between', '期间'), unit: 'text' },
      { name: say('Direction', '方向'), unit: 'text' },
      { name: say('Segment', '类别'), unit: 'text' },
      { name: say('Customers', '客户数'), unit: 'count' },
    ],
    rows: view.movement.flatMap(({ from, to, stayed, came, went }) => [
      [`${from} – ${to}`, say('stayed', '留存'), '', stayed],
      ...came.map(row => [`${from} – ${to}`, say('came from', '来自'), segmentName(row.segment), row.customers]),
      ...went.map(row => [`${from} – ${to}`, say('went to', '去往'), segmentName(row.segment), row.customers]),
    ]),
  }
  const contacts: ReportSection = {
    title: say('Contacts, 365 days', '近 365 天触达'),
    note: '',
    columns: [
      { name: say('Channel', '渠道'), unit: 'text' },
      { name: say('Sent', '已发送'), unit: 'count' },
      { name: say('Customers', '客户数'), unit: 'count' },
      { name: say('Answered', '已回应'), unit: 'count' },
      { name: say('Cost', '成本'), unit: 'money' },
    ],
    rows: view.contacts.map(row => [row.channel, row.sent, row.customers, row.answered, row.costMinor]),
  }
  const bought: ReportSection = {
    title: say('What they buy', '购买偏好'),
    note: say('100: as often as all buyers.', '100：与全部购买客户相同。'),
    columns: [
      { name: say('Product', '商品'), unit: 'text' },
      { name: say('Buyers', '购买客户'), unit: 'count' },
      { name: say('Share', '占比'), unit: 'share' },
      { name: say('Share of all', '全体占比'), unit: 'share' },
      { name: say('Index', '指数'), unit: 'index' },
    ],
    rows: view.bought.map(row => [textIn(row.name, lang), row.buyers, row.share, row.shareOfAll, row.index]),
  }
  const wanted: ReportSection = {
    title: say('What several segments would buy', '多个类别共同需要的商品'),
    note: say('Customers to whom it is proposed next.', '被推荐该商品的客户数。'),
    columns: [
      { name: say('Product', '商品'), unit: 'text' },
      { name: say('Segment', '类别'), unit: 'text' },
      { name: say('Customers', '客户数'), unit: 'count' },
      { name: say('Share', '占比'), unit: 'share' },
    ],
    rows: view.wanted.flatMap(row =>
      row.segments.map(of => [textIn(row.name, lang), segmentName(of.segment), of.customers, of.share]),
    ),
  }
  return {
    title: textIn(view.segment.name, lang),
    lead: [
      textIn(view.segment.strategy, lang),
      say(
        `As of ${view.asOf}, ${view.customers} customers${view.owner ? `, ${view.owner.name} answers for them` : ''}`,
        `截至 ${view.asOf}，${view.customers} 位客户${view.owner ? `，负责人：${view.owner.name}` : ''}`,
      ),
    ].filter(Boolean),
    lang,
    currency: view.currency,
    sections: [results, months, movement, contacts, bought, wanted],
  }
}
