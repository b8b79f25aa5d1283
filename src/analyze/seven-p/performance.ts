import { metrics } from './api.ts'
import { type Asked, CUSTOMERS, INSIDE } from './asked.ts'
import { ofRun } from './choices.ts'
import { metricNames, SUM_OF, unitOf } from './metric.ts'
import { type Block, type Content, known, monthText, nothingBought, segmentText } from './parts.ts'
import { addMonths, monthAt, monthIndex } from './period.ts'
import { type Forecast, forecast, seasonTrend } from './statistics/season-trend.ts'
import { targetsOf } from './targets.ts'

const seriesSql = (sum: string) => `
SELECT segment, formatDateTime(sums.month, '%Y-%m') AS month, ${sum} AS amount
FROM seven_p_months AS sums
WHERE ${INSIDE}
GROUP BY GROUPING SETS ((segment, sums.month), (sums.month))`
const expectedSql = `
SELECT segment, sum(expected_purchases) AS expected, countIf(purchase_days > 0) AS buyers
FROM seven_p_customers
WHERE ${CUSTOMERS} AND purchase_days > 0
GROUP BY GROUPING SETS ((segment), ())
ORDER BY expected DESC`
const happenedSql = `
SELECT segment, sum(known_days) AS days
FROM seven_p_months
WHERE ${INSIDE} AND month >= {asOf:Date} AND month <= {lastWhole:Date}
GROUP BY GROUPING SETS ((segment), ())`

interface Window {
  from: string
  to: string
}

/** The months looked at: those asked for; else what came after the date, at most a year; else the last quarter of what there is. */
export function windowOf({ runs, filter }: Pick<Asked, 'runs' | 'filter'>, first: string, last: string): Window {
  const asOf = runs.asOf.slice(0, 7)
  const after = runs.asOf.endsWith('-01') ? asOf : addMonths(asOf, 1)
  const length = monthIndex(last) - monthIndex(first) + 1
  const from =
    filter.from || (last >= after ? after : addMonths(last, 1 - Math.max(1, Math.min(12, Math.floor(length / 4)))))
  const to = filter.to || (addMonths(from, 11) < last ? addMonths(from, 11) : last)
  return to < from ? { from, to: from } : { from, to }
}

const methods: Record<Forecast['method'], Content['question']> = {
  stl: {
    en: 'season and trend told apart by STL on the months before, the trend’s slope damped by 0.9 a month, the season added again; 95 % interval from what was left over',
    zh: '以此前各月经 STL 分解季节与趋势，趋势斜率按每月 0.9 衰减，再加回季节；95% 区间取自余项',
  },
  'year-before': {
    en: 'the same month of the year before; 95 % interval from the spread of the months about their trend',
    zh: '上年同月；95% 区间取自各月围绕趋势的离散',
  },
  level: {
    en: 'the mean of the months before; 95 % interval from their spread about their trend',
    zh: '此前各月的平均；95% 区间取自各月围绕趋势的离散',
  },
}

/** One series with what was expected of it as of the first month of the window, knowing nothing of that month or later. */
function expectation(series: ReadonlyMap<string, number>, first: string, { from, to }: Window) {
  const start = monthIndex(first)
  const origin = monthIndex(from)
  const before = Array.from({ length: Math.max(0, origin - start) }, (_, k) => series.get(monthAt(start + k)) ?? 0)
  const months = monthIndex(to) - origin + 1
  const actual = Array.from({ length: months }, (_, k) => series.get(monthAt(origin + k)) ?? 0)
  const found = forecast(before, months, start % 12)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const half = found ? Math.hypot(...found.high.map((high, k) => high - found.expected[k]!)) : Number.NaN
  return {
    actual,
    found,
    sum: sum(actual),
    expected: found ? sum(found.expected) : Number.NaN,
    low: found ? sum(found.expected) - half : Number.NaN,
    high: found ? sum(found.expected) + half : Number.NaN,
    yearBefore:
      origin - 12 >= start
        ? sum(Array.from({ length: months }, (_, k) => series.get(monthAt(origin + k - 12)) ?? 0))
        : Number.NaN,
  }
}

export async function performance(ask: Asked): Promise<Content> {
  const { app, filter, runs } = ask
  const { firstMonth: first, lastWholeMonth: last } = await ofRun(ask)
  const { metric } = filter
  const name = metricNames[metric]
  const unit = unitOf(metric)
  const question = {
    en: 'Do sales and purchases go as was to be expected, and as we mean them to?',
    zh: '销售与购买是否符合预期与目标？',
  }
  const meaning = {
    en: 'the months held against what was expected as of their first day',
    zh: '与期初所作预期对比的月份',
  }
  if (first === '' || last === '')
    return { question, meaning, figures: [], blocks: [], notes: [{ tone: 'info', text: nothingBought }] }
  const window = windowOf(ask, first, last)
  const params = { ...ask.params, mask: '0', lastWhole: `${last}-01` }
  const [rows, model, happened, targets] = await Promise.all([
    app.facts.query<{ segment: string; month: string; amount: number }>(seriesSql(SUM_OF[metric]), params),
    app.facts.query<{ segment: string; expected: number; buyers: number }>(expectedSql, params),
    app.facts.query<{ segment: string; days: number }>(happenedSql, params),
    targetsOf(app, metric),
  ])
  const series = new Map(
    [...Map.groupBy(rows, row => row.segment)].map(([segment, own]) => [
      segment,
      new Map(own.map(row => [row.month, row.amount])),
    ]),
  )
  const whole = series.get('') ?? new Map<string, number>()
  const own = expectation(whole, first, window)
  const months = Array.from({ length: monthIndex(window.to) - monthIndex(window.from) + 1 }, (_, k) =>
    monthAt(monthIndex(window.from) + k),
  )
  // Targets are set by segment, not by place: held against a part of a country they would say nothing.
  const placed = filter.country !== ''
  const targetOf = (segment: string): number => {
    const set = months.map(month => targets.get(`${segment}\n${month}`))
    return placed || set.some(amount => amount === undefined)
      ? Number.NaN
      : set.reduce<number>((sum, amount) => sum + amount!, 0)
  }
  const target = targetOf(filter.segment)
  const range = {
    en: `${monthText(window.from).en} to ${monthText(window.to).en}`,
    zh: `${monthText(window.from).zh}至${monthText(window.to).zh}`,
  }
  const method = methods[own.found?.method ?? 'level']
  const segments = [...series]
    .filter(([segment]) => segment !== '')
    .map(([segment, ofSegment]) => ({ segment, ...expectation(ofSegment, first, window) }))
  const done = monthIndex(last) - monthIndex(runs.asOf.slice(0, 7)) + (runs.asOf.endsWith('-01') ? 1 : 0)
  return {
    question,
    meaning,
    notes: [
      ...(own.found && own.found.method !== 'stl'
        ? [
            {
              tone: 'warn' as const,
              text: {
                en: `Less than two years of months lie before ${monthText(window.from).en}: the season cannot be told from the trend. What is expected is ${method.en}.`,
                zh: `${monthText(window.from).zh}之前不足两年，无法区分季节与趋势。预期取${method.zh}。`,
              },
            },
          ]
        : []),
      ...(own.found
        ? []
        : [
            {
              tone: 'warn' as const,
              text: {
                en: `Fewer than four months lie before ${monthText(window.from).en}: nothing can be expected from them.`,
                zh: `${monthText(window.from).zh}之前不足四个月：无法形成预期。`,
              },
            },
          ]),
      ...(placed
        ? [
            {
              tone: 'info' as const,
              text: {
                en: 'Targets are set by segment, not by place: they are not shown here.',
                zh: '目标按客群设定，不分地区：此处不显示。',
              },
            },
          ]
        : []),
    ],
    figures: [
      {
        id: 'actual',
        name,
        formula: {
          en: `${name.en.toLowerCase()} in ${range.en}, returns taken off`,
          zh: `${range.zh}的${name.zh}，已扣除退货`,
        },
        unit,
        value: own.sum,
        table: 'seven_p_months',
      },
      {
        id: 'expected',
        name: { en: 'Expected', zh: '预期' },
        formula: {
          en: `as of the first day of ${monthText(window.from).en}: ${method.en}`,
          zh: `截至${monthText(window.from).zh}首日：${method.zh}`,
        },
        unit,
        value: known(own.expected),
        low: known(own.low),
        high: known(own.high),
        table: 'seven_p_months',
      },
      {
        id: 'against-expected',
        name: { en: 'Against expectation', zh: '与预期相比' },
        formula: { en: 'what happened ÷ what was expected − 1', zh: '实际 ÷ 预期 − 1' },
        unit: 'share',
        value: known(own.sum / own.expected - 1),
        table: 'seven_p_months',
      },
      {
        id: 'target',
        name: { en: 'Target', zh: '目标' },
        formula: {
          en: 'sum of the targets of these months; only when each month has one',
          zh: '这些月份目标之和；各月均已设定时才显示',
        },
        unit,
        value: known(target),
        table: 'insight_targets',
      },
      {
        id: 'against-target',
        name: { en: 'Against target', zh: '与目标相比' },
        formula: { en: 'what happened ÷ target − 1', zh: '实际 ÷ 目标 − 1' },
        unit: 'share',
        value: known(own.sum / target - 1),
        table: 'insight_targets',
      },
      {
        id: 'growth',
        name: { en: 'Against the year before', zh: '同比' },
        formula: { en: 'these months ÷ the same months a year before − 1', zh: '这些月份 ÷ 上年同期 − 1' },
        unit: 'share',
        value: known(own.sum / own.yearBefore - 1),
        table: 'seven_p_months',
      },
    ],
    blocks: [
      {
        id: 'months',
        title: { en: 'Actual, expected, target', zh: '实际、预期与目标' },
        formula: {
          en: `Expected as of the first day of ${monthText(window.from).en}, knowing nothing of what followed: ${method.en}.`,
          zh: `预期截至${monthText(window.from).zh}首日，不含其后信息：${method.zh}。`,
        },
        table: 'seven_p_months',
        draw: 'lines',
        label: { en: 'Month', zh: '月份' },
        choice: { param: 'metric', value: metric, options: metrics.map(id => ({ id, name: metricNames[id] })) },
        columns: [
          { id: 'actual', name, unit },
          { id: 'expected', name: { en: 'Expected', zh: '预期' }, unit },
          { id: 'low', name: { en: 'from', zh: '下限' }, unit },
          { id: 'high', name: { en: 'to', zh: '上限' }, unit },
          { id: 'target', name: { en: 'Target', zh: '目标' }, unit },
        ],
        shown: 0,
        rows: monthsBetween(first, last).map(month => {
          const k = monthIndex(month) - monthIndex(window.from)
          const inside = k >= 0 && month <= window.to && own.found
          return {
            key: month,
            label: monthText(month),
            values: [
              whole.get(month) ?? 0,
              inside ? own.found!.expected[k]! : null,
              inside ? own.found!.low[k]! : null,
              inside ? own.found!.high[k]! : null,
              placed ? null : (targets.get(`${filter.segment}\n${month}`) ?? null),
            ],
          }
        }),
        empty: nothingBought,
      },
      parts(whole, first, last, name, unit),
      {
        id: 'segments',
        title: { en: 'By segment', zh: '按客群' },
        formula: {
          en: 'Each segment’s own months and its own expectation. Customers stand in the segment of the newest turn: a segment of people who bought lately looks better before the date than it can go on.',
          zh: '各客群自身的月度数据与预期。客户按最近一轮的客群归属：近期购买者组成的客群，其历史表现必然偏高。',
        },
        table: 'seven_p_months',
        draw: 'bars',
        label: { en: 'Segment', zh: '客群' },
        columns: [
          { id: 'actual', name, unit },
          { id: 'expected', name: { en: 'Expected', zh: '预期' }, unit },
          { id: 'against', name: { en: 'against it', zh: '与预期相比' }, unit: 'share' },
          { id: 'target', name: { en: 'Target', zh: '目标' }, unit },
          { id: 'against-target', name: { en: 'against it', zh: '与目标相比' }, unit: 'share' },
          { id: 'growth', name: { en: 'Year on year', zh: '同比' }, unit: 'share' },
        ],
        shown: 0,
        rows: segments
          .toSorted((a, b) => b.sum - a.sum)
          .map(row => ({
            key: row.segment,
            label: segmentText(ask, row.segment),
            values: [
              row.sum,
              known(row.expected),
              row.expected > 0 ? known(row.sum / row.expected - 1) : null,
              known(targetOf(row.segment)),
              known(row.sum / targetOf(row.segment) - 1),
              row.yearBefore > 0 ? known(row.sum / row.yearBefore - 1) : null,
            ],
            strong: row.sum < row.low || row.sum > row.high,
            who: `segment:${row.segment}`,
          })),
        empty: nothingBought,
      },
      {
        id: 'model',
        title: { en: 'Purchases against the model', zh: '购买次数与模型预期' },
        formula: {
          en: 'Days with a purchase of those who had bought before the date, since the date; expected: each customer’s expected purchases of 12 months by the purchase model as of the date, pro rata of the whole months since.',
          zh: '日期前已有购买的客户自该日期以来的购买天数；预期为购买模型截至该日期给出的各客户 12 个月预期购买次数，按已过整月折算。',
        },
        table: 'seven_p_customers',
        draw: 'table',
        label: { en: 'Segment', zh: '客群' },
        columns: [
          { id: 'buyers', name: { en: 'Customers', zh: '客户数' }, unit: 'count' },
          { id: 'expected', name: { en: 'Expected', zh: '预期' }, unit: 'count' },
          { id: 'happened', name: { en: 'Happened', zh: '实际' }, unit: 'count' },
          { id: 'against', name: { en: 'against it', zh: '与预期相比' }, unit: 'share' },
        ],
        shown: 3,
        rows:
          done <= 0
            ? []
            : model.map(row => {
                const expected = (row.expected * Math.min(12, done)) / 12
                const days = happened.find(found => found.segment === row.segment)?.days ?? 0
                return {
                  key: row.segment,
                  label: row.segment === '' ? { en: 'All', zh: '全部' } : segmentText(ask, row.segment),
                  values: [row.buyers, expected, days, done > 12 ? null : known(days / expected - 1)],
                  ...(row.segment === '' ? { strong: true } : { who: `segment:${row.segment}` }),
                }
              }),
        empty: { en: 'No whole month has passed since the date of the turn.', zh: '本轮日期之后尚无完整月份。' },
      },
    ],
  }
}

const monthsBetween = (from: string, to: string): string[] =>
  Array.from({ length: monthIndex(to) - monthIndex(from) + 1 }, (_, k) => monthAt(monthIndex(from) + k))

/** Trend, season and what is left of the whole series. */
function parts(
  series: ReadonlyMap<string, number>,
  first: string,
  last: string,
  name: Content['question'],
  unit: 'money' | 'count',
): Block {
  const months = monthsBetween(first, last)
  const { trend, season, rest, seasonal } = seasonTrend(
    months.map(month => series.get(month) ?? 0),
    monthIndex(first) % 12,
  )
  return {
    id: 'parts',
    title: { en: 'Trend and season apart', zh: '趋势与季节' },
    formula: {
      en: 'STL: trend by loess over 19 months, the season the same every year, the rest what is left; the three add up to the month.',
      zh: 'STL 分解：趋势为 19 个月局部加权回归，季节逐年相同，其余为余项；三者相加即当月值。',
    },
    ...(seasonal ? {} : { note: { en: 'Less than two years: no season is claimed.', zh: '不足两年：未估计季节。' } }),
    table: 'seven_p_months',
    draw: 'lines',
    label: { en: 'Month', zh: '月份' },
    columns: [
      { id: 'actual', name, unit },
      { id: 'trend', name: { en: 'Trend', zh: '趋势' }, unit },
      { id: 'season', name: { en: 'Season', zh: '季节' }, unit },
      { id: 'rest', name: { en: 'Rest', zh: '余项' }, unit },
    ],
    shown: 0,
    rows: months.map((month, k) => ({
      key: month,
      label: monthText(month),
      values: [series.get(month) ?? 0, trend[k]!, seasonal ? season[k]! : null, rest[k]!],
    })),
    empty: nothingBought,
  }
}
