import type { z } from 'zod'
import type { Report, ReportSection } from '../../platform/export/index.ts'
import { type Text, textIn } from '../../platform/text.ts'
import type { driverId, loopPage, responsePage } from './api.ts'

const words = (lang: Report['lang']) => ({
  say: (text: Text) => textIn(text, lang),
  word: (en: string, zh: string) => (lang === 'zh-CN' ? zh : en),
  column: (en: string, zh: string, unit: ReportSection['columns'][number]['unit'] = 'number') => ({
    name: lang === 'zh-CN' ? zh : en,
    unit,
  }),
})

/** Response against prediction as tables. */
export function responseReport(view: z.infer<typeof responsePage>, lang: Report['lang']): Report {
  const { say, word, column } = words(lang)
  return {
    title: word('Response against prediction', '响应与预测'),
    lead: [view.counted.join(', ')],
    lang,
    currency: view.currency,
    sections: [
      {
        title: word('Cells', '单元'),
        note: word(
          `Contacts whose ${view.answerDays} days to answer are over; odds against the prediction are paid for by all cells, 20 is an alarm.`,
          `仅计已过 ${view.answerDays} 天答复期的触达；反对预测的赔率已计入全部单元，20 即报警。`,
        ),
        columns: [
          column('Segment', '类别', 'text'),
          column('Offer', '优惠', 'text'),
          column('Channel', '渠道', 'text'),
          column('Contacts', '触达', 'count'),
          column('Expected', '预期'),
          column('Answers', '接受', 'count'),
          column('Share', '接受率', 'share'),
          column('From', '下限', 'share'),
          column('To', '上限', 'share'),
          column('Factor from', '系数下限'),
          column('Factor to', '系数上限'),
          column('Odds', '赔率'),
          column('Bought, less control', '购买率差', 'share'),
          column('From', '下限', 'share'),
          column('To', '上限', 'share'),
        ],
        rows: view.cells.map(cell => [
          ...[say(cell.segmentName), say(cell.offerName), cell.channel, cell.ripe, cell.expected, cell.taken],
          ...[cell.rate.share, cell.rate.low, cell.rate.high, cell.factor.low, cell.factor.high, cell.odds],
          ...[cell.bought?.difference ?? null, cell.bought?.low ?? null, cell.bought?.high ?? null],
        ]),
      },
      {
        title: word('Calibration', '校准'),
        note: `Hosmer–Lemeshow χ² ${view.calibration.chiSquare.toFixed(1)} (${view.calibration.degrees}), p ${view.calibration.p?.toFixed(3) ?? '–'}`,
        columns: [
          column('Predicted', '预测', 'share'),
          column('Observed', '实际', 'share'),
          column('From', '下限', 'share'),
          column('To', '上限', 'share'),
          column('Contacts', '触达', 'count'),
        ],
        rows: view.calibration.points.map(p => [p.predicted, p.observed, p.interval.low, p.interval.high, p.trials]),
      },
    ],
  }
}

export const driverNames: Record<z.infer<typeof driverId>, Text> = {
  'cross-selling': { en: 'Cross-selling', zh: '交叉销售' },
  retention: { en: 'Retention', zh: '客户保留' },
  repeat: { en: 'Repeat purchase', zh: '重复购买' },
  other: { en: 'Other offers', zh: '其他优惠' },
  mail: { en: 'Cheaper mail', zh: '邮寄节省' },
}

/** The loop over turns, and the return on it by year and driver. */
export function loopReport(view: z.infer<typeof loopPage>, lang: Report['lang']): Report {
  const { say, word, column } = words(lang)
  return {
    title: word('What the loop learned and earned', '闭环的学习与收益'),
    lead: [],
    lang,
    currency: view.currency,
    sections: [
      {
        title: word('Turns', '各轮'),
        note: word(
          'Net: margin more than the control group (CUPED) less contacts and benefits, 95 % interval.',
          '净收益：高于对照组的毛利（CUPED）减去触达与优惠成本，95 % 区间。',
        ),
        columns: [
          column('As of', '截至', 'text'),
          column('Answers believed', '预期接受'),
          column('Contacts', '触达', 'count'),
          column('Expected, time over', '到期预期'),
          column('Answers', '接受', 'count'),
          column('Net', '净收益', 'money'),
          column('From', '下限', 'money'),
          column('To', '上限', 'money'),
        ],
        rows: view.turns.map(turn => [
          ...[turn.asOf, turn.believed.answers, turn.said.contacted, turn.came.expected, turn.came.taken],
          ...[turn.earned?.net ?? null, turn.earned?.low ?? null, turn.earned?.high ?? null],
        ]),
      },
      {
        title: word('Return by year and driver', '各年各来源的回报'),
        note: '',
        columns: [
          column('Year', '年', 'text'),
          column('Driver', '来源', 'text'),
          column('Gain', '增益', 'money'),
          column('Cost', '成本', 'money'),
          column('Net', '净收益', 'money'),
          column('From', '下限', 'money'),
          column('To', '上限', 'money'),
        ],
        rows: view.years.flatMap(({ year, drivers }) =>
          drivers.map(one => [year, say(driverNames[one.driver]), one.gain, one.cost, one.net, one.low, one.high]),
        ),
      },
    ],
  }
}
