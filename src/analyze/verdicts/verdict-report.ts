import type { z } from 'zod'
import type { Report, ReportSection } from '../../platform/export/index.ts'
import { type Text, textIn } from '../../platform/text.ts'
import type { modelVerdict } from './api.ts'
import { kindNames } from './in-words.ts'

const standings: Record<z.infer<typeof modelVerdict>['segments'][number]['standing'], Text> = {
  held: { en: 'held', zh: '成立' },
  'not-held': { en: 'did not hold', zh: '不成立' },
  unknown: { en: 'too little came back', zh: '反馈尚少' },
}

/** The verdict as tables: segments by kind of prediction, models, needs. */
export function verdictReport(view: z.infer<typeof modelVerdict>, lang: Report['lang']): Report {
  const say = (text: Text) => textIn(text, lang)
  const word = (en: string, zh: string) => (lang === 'zh-CN' ? zh : en)
  const column = (en: string, zh: string, unit: ReportSection['columns'][number]['unit'] = 'text') => ({
    name: word(en, zh),
    unit,
  })
  const sections: ReportSection[] = [
    {
      title: word('Segments', '客户类别'),
      note: word(
        'Off by more than a tenth beyond chance, all tests paid for, and otherwise than other segments.',
        '在计入全部检验后偏差超过一成，且与其他类别不同，才判为不成立。',
      ),
      columns: [
        column('Segment', '类别'),
        column('Prediction', '预测'),
        column('As of', '截至'),
        column('Customers', '客户', 'count'),
        column('Expected', '预期', 'number'),
        column('Came', '实际', 'number'),
        column('From', '下限', 'number'),
        column('To', '上限', 'number'),
        column('Odds against', '反对证据', 'number'),
        column('Verdict', '结论'),
      ],
      rows: view.segments.flatMap(segment =>
        segment.evidence.map(one => [
          ...[say(segment.name), say(kindNames[one.kind]), one.asOf, one.customers, one.expected, one.observed],
          ...[one.low, one.high, one.odds, say(standings[one.standing])],
        ]),
      ),
    },
    {
      title: word('Models', '模型'),
      note: '',
      columns: [
        column('Model', '模型'),
        column('Verdict', '结论'),
        column('As of', '截至'),
        column('Evidence', '依据'),
      ],
      rows: view.scores.map(score => [say(score.title), score.verdict, score.asOf, say(score.evidence)]),
    },
    {
      title: word('Needs', '需求规则'),
      note: word('Against others of the same segments who had it neither.', '与同类别中同样未购买的客户相比。'),
      columns: [
        column('Need', '需求'),
        column('Proposed', '推荐', 'count'),
        column('Bought', '购买', 'count'),
        column('By chance', '随机预期', 'number'),
        column('Times', '倍数', 'number'),
        column('From', '下限', 'number'),
        column('To', '上限', 'number'),
        column('Verdict', '结论'),
      ],
      rows: view.needs.map(need => [
        ...[say(need.name), need.proposed, need.bought, need.expected],
        ...[need.times, need.low, need.high, say(standings[need.standing])],
      ]),
    },
  ]
  return {
    title: word('Verdict on the customer model', '客户模型评判'),
    lead: [word(`As of ${view.asOf}`, `截至 ${view.asOf}`)],
    lang,
    currency: view.currency,
    sections: sections.filter(section => section.rows.length > 0),
  }
}
