import type { App } from '../../platform/app.ts'
import type { Report } from '../../platform/export/index.ts'
import { type Text, textIn } from '../../platform/text.ts'
import { countCalls, type Wanted } from './counts.ts'
import { teamErrors } from './errors.ts'
import { namesOf } from './names.ts'
import { type Shares, sharesOf } from './shares.ts'

export interface Figures {
  all: Shares
  rows: (Shares & { key: string; name: Text })[]
}

const MOST_DAYS = 400

/** Figures of a period by day, agent, list or offer. */
export async function figuresOf(app: App, wanted: Wanted): Promise<Figures> {
  refuseBadPeriod(wanted)
  const [[all], rows, names] = await Promise.all([
    countCalls(app, { ...wanted, by: 'all' }),
    countCalls(app, wanted),
    namesOf(app),
  ])
  const nameOf = (key: string): Text => {
    if (wanted.by === 'list') return names.list(key)
    if (wanted.by === 'offer') return names.offer(key)
    const name = wanted.by === 'agent' ? names.user(Number(key)) : key
    return { en: name, zh: name }
  }
  return {
    all: sharesOf(all ?? { calls: 0, reached: 0, completed: 0, accepted: 0, told: 0, fields: 0, hours: 0 }),
    rows: rows.map(({ key, ...counts }) => ({ key, name: nameOf(key), ...sharesOf(counts) })),
  }
}

export function refuseBadPeriod({ from, to }: { from: string; to: string }): void {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  if (!(days >= 0 && days <= MOST_DAYS)) throw teamErrors['team.bad-period']({ from, to })
}

/** The same as a table for a file. */
export function figuresReport({ rows }: Figures, { from, to, by }: Wanted, lang: Report['lang']): Report {
  const word = (en: string, zh: string) => (lang === 'zh-CN' ? zh : en)
  const share = (en: string, zh: string) =>
    [word(en, zh), word(`${en}, from`, `${zh}下限`), word(`${en}, to`, `${zh}上限`)].map(name => ({
      name,
      unit: 'share' as const,
    }))
  const heads = {
    all: word('All', '全部'),
    day: word('Day', '日期'),
    agent: word('Agent', '坐席'),
    list: word('List', '名单'),
    offer: word('Offer', '优惠'),
  }
  return {
    title: word('Calls of the desk', '坐席通话'),
    lead: [`${from} – ${to}`],
    lang,
    currency: '',
    sections: [
      {
        title: heads[by],
        note: word(
          'Contact of all calls; completion, conversion and key fields of the calls in which somebody was spoken to. 95 % intervals of Wilson. Days of UTC.',
          '接通率以全部通话计；完成率、成交率与关键信息率以接通的通话计。区间为 95% Wilson 区间，日期按 UTC。',
        ),
        columns: [
          { name: heads[by], unit: 'text' },
          { name: word('Calls', '通话'), unit: 'count' },
          { name: word('Hours', '小时'), unit: 'number' },
          { name: word('Calls an hour', '每小时通话'), unit: 'number' },
          ...share('Contact', '接通率'),
          ...share('Completion', '完成率'),
          ...share('Conversion', '成交率'),
          ...share('Calls with key fields', '获得关键信息率'),
          { name: word('Key fields won', '获得关键信息'), unit: 'count' },
        ],
        rows: rows.map(row => [
          textIn(row.name, lang),
          row.calls,
          row.hours,
          row.perHour,
          ...[row.contact, row.completion, row.conversion, row.telling].flatMap(one => [one.share, one.low, one.high]),
          row.fields,
        ]),
      },
    ],
  }
}
