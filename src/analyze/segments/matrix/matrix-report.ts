import type { Lang } from '../../../platform/errors.ts'
import type { Report } from '../../../platform/export/index.ts'
import { type Text, textIn } from '../../../platform/text.ts'
import type { MatrixCell, MatrixView } from './read-matrix.ts'

const classes = (lang: Lang, count: number, at: number): string => {
  const zh = lang === 'zh-CN'
  if (at === 0) return zh ? '低' : 'low'
  if (at === count - 1) return zh ? '高' : 'high'
  return zh ? `中 ${at}` : `middle ${at}`
}

const channels: Record<MatrixCell['channel'], Text> = {
  email: { en: 'e-mail', zh: '邮件' },
  sms: { en: 'SMS', zh: '短信' },
  call: { en: 'call', zh: '电话' },
  letter: { en: 'letter', zh: '信函' },
  none: { en: 'none', zh: '不联系' },
}

export function matrixReport(
  { asOf, cells, valueCuts, churnCuts, customers }: MatrixView,
  lang: Lang,
  currency: string,
): Report {
  const zh = lang === 'zh-CN'
  const say = (en: string, chinese: string) => (zh ? chinese : en)
  return {
    title: say('Value and risk of leaving', '价值与流失风险矩阵'),
    lead: [say(`As of ${asOf}, ${customers} customers who ever bought`, `截至 ${asOf}，${customers} 位曾购买客户`)],
    lang,
    currency,
    sections: [
      {
        title: say('Cells', '单元格'),
        note: say(
          'Value: expected margin of 12 months. At risk: value × probability of leaving.',
          '价值：未来 12 个月预期毛利。风险价值：价值 × 流失概率。',
        ),
        columns: [
          { name: say('Value', '价值'), unit: 'text' },
          { name: say('Risk', '风险'), unit: 'text' },
          { name: say('Cell', '单元格'), unit: 'text' },
          { name: say('Customers', '客户数'), unit: 'count' },
          { name: say('Value together', '价值合计'), unit: 'money' },
          { name: say('Value at risk', '风险价值'), unit: 'money' },
          { name: say('Strategy', '策略'), unit: 'text' },
          { name: say('Channel', '渠道'), unit: 'text' },
          { name: say('Offer', '优惠'), unit: 'text' },
        ],
        rows: cells.map(cell => [
          classes(lang, valueCuts.length + 1, cell.value),
          classes(lang, churnCuts.length + 1, cell.churn),
          textIn(cell.name, lang),
          cell.customers,
          cell.valueMinor,
          cell.atRiskMinor,
          textIn(cell.strategy, lang),
          textIn(channels[cell.channel], lang),
          textIn(cell.offer, lang),
        ]),
      },
    ],
  }
}
