import type { Report } from '../../platform/export/index.ts'
import { textIn } from '../../platform/text.ts'
import type { Themes } from './api.ts'
import { dimensionNames } from './dimensions.ts'
import { voiceKindNames } from './names.ts'

/** A page of themes as a table for a file. */
export function themesReport(themes: Themes, lang: Report['lang']): Report {
  const say = (en: string, zh: string): string => (lang === 'zh-CN' ? zh : en)
  const { now, before, basis } = themes
  const per = basis === 'documents' ? say('per 10,000 documents', '每万份文件') : say('per week', '每周')
  const verdicts = {
    rising: say('rising', '上升'),
    falling: say('falling', '下降'),
    same: say('no change shown', '未见变化'),
  }
  const rate = (of: string): Report['sections'][number]['columns'][number][] => [
    { name: `${of} (${per})`, unit: 'number' },
    { name: `${of}, ${say('from', '下限')}`, unit: 'number' },
    { name: `${of}, ${say('to', '上限')}`, unit: 'number' },
  ]
  return {
    title: say('Themes over time', '主题趋势'),
    lead: [
      `${say('Now', '本期')} ${now.from} – ${now.to}`,
      `${say('Before', '上期')} ${before.from} – ${before.to}`,
      Object.values(voiceKindNames)
        .map(name => textIn(name, lang))
        .join(say(', ', '、')),
    ],
    lang,
    currency: '',
    sections: [
      {
        title: say('Themes', '主题'),
        note: say(
          'Customers, each counted once a theme and period. 95 % intervals of Poisson counts; changed: exact test at a false-discovery rate of 5 % over everything tested. Days of UTC.',
          '按客户计数，同一客户在同一时期同一主题只计一次。区间为 95% 泊松区间；变化按精确检验判定，全部检验的错误发现率不超过 5%。日期按 UTC。',
        ),
        columns: [
          { name: say('What', '维度'), unit: 'text' },
          { name: say('Theme', '主题'), unit: 'text' },
          { name: say('Customers now', '本期客户数'), unit: 'count' },
          { name: say('Customers before', '上期客户数'), unit: 'count' },
          ...rate(say('Rate now', '本期比率')),
          ...rate(say('Rate before', '上期比率')),
          ...rate(say('Times as often', '倍数')).map(column => ({
            ...column,
            name: column.name.replace(` (${per})`, ''),
          })),
          { name: say('False-discovery rate', '错误发现率'), unit: 'number' },
          { name: say('Change', '变化'), unit: 'text' },
          ...themes.buckets.map(bucket => ({ name: bucket.from, unit: 'count' as const })),
        ],
        rows: themes.rows.map(row => [
          textIn(dimensionNames[row.dimension], lang),
          textIn(row.name, lang),
          row.now.customers,
          row.before.customers,
          ...[row.now.rate, row.before.rate, row.ratio].flatMap(one => [
            one?.rate ?? null,
            one?.low ?? null,
            one?.high ?? null,
          ]),
          row.q,
          verdicts[row.verdict],
          ...row.series,
        ]),
      },
    ],
  }
}
