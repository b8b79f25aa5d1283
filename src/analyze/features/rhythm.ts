import * as domain from './domains.ts'
import type { Feature } from './feature.ts'
import { between, bought, daysBought, purchases, since } from './purchase-rows.ts'

const gaps = `arrayPopFront(arrayDifference(${daysBought}))`
const daysIn = (from: number, until: number): string =>
  `arrayCount(day -> day >= toUInt16({asOf:Date} - ${from}) AND day < toUInt16({asOf:Date} - ${until}), ${daysBought})`
const spentIn = (from: number, until: number): string => `sumIf(amount_minor, ${bought} AND ${between(from, until)})`

/** (later − earlier) / (later + earlier): −1 stopped, 0 as before, 1 new; nothing where there was neither. */
const change = (later: string, earlier: string): string =>
  `if(${later} + ${earlier} = 0, NULL, toFloat32((toFloat64(${later}) - ${earlier}) / (${later} + ${earlier})))`

/** How regularly they buy, whether more or less than before, and when in the year. */
export const rhythm: readonly Feature[] = [
  {
    id: 'gap_median_days',
    name: { en: 'Middle gap', zh: '购买间隔中位数' },
    meaning: { en: 'Half the gaps between purchase days are shorter', zh: '一半的购买间隔短于此天数' },
    unit: 'days',
    family: 'rhythm',
    ...purchases,
    counts: bought,
    type: 'Nullable(Float32)',
    sql: `if(length(${daysBought}) < 2, NULL, toFloat32(arrayReduce('quantileExactInclusive(0.5)', ${gaps})))`,
    domain: { ...domain.realOrNull, min: 0 },
  },
  {
    id: 'gap_variation',
    name: { en: 'Irregularity', zh: '购买不规律度' },
    meaning: {
      en: 'Spread of the gaps between purchase days over their mean: 0 like a clock, 1 by chance, more in bursts',
      zh: '购买间隔的标准差与均值之比：0 如钟表般规律，1 为随机，更大为集中购买',
    },
    unit: 'none',
    family: 'rhythm',
    ...purchases,
    counts: bought,
    type: 'Nullable(Float32)',
    sql: `if(length(${daysBought}) < 3, NULL, toFloat32(arrayReduce('stddevPop', ${gaps}) / arrayAvg(${gaps})))`,
    domain: { ...domain.realOrNull, min: 0 },
    predictor: 'linear',
  },
  {
    id: 'purchase_days_trend',
    name: { en: 'Trend of purchase days', zh: '购买天数趋势' },
    meaning: {
      en: 'Purchase days of the last 180 days against the 180 before: −1 stopped, 0 as before, 1 new',
      zh: '近 180 天与之前 180 天的购买天数之比较：−1 停止，0 不变，1 新增',
    },
    unit: 'none',
    family: 'rhythm',
    ...purchases,
    counts: `${bought} AND ${since(360)}`,
    type: 'Nullable(Float32)',
    sql: change(daysIn(180, 0), daysIn(360, 180)),
    domain: { ...domain.realOrNull, min: -1, max: 1 },
    predictor: 'linear',
  },
  {
    id: 'spend_trend',
    name: { en: 'Trend of money', zh: '消费趋势' },
    meaning: {
      en: 'Value bought in the last 180 days against the 180 before: −1 stopped, 0 as before, 1 new',
      zh: '近 180 天与之前 180 天的购买额之比较：−1 停止，0 不变，1 新增',
    },
    unit: 'none',
    family: 'rhythm',
    ...purchases,
    counts: `${bought} AND ${since(360)}`,
    type: 'Nullable(Float32)',
    sql: change(spentIn(180, 0), spentIn(360, 180)),
    domain: { ...domain.realOrNull, min: -1, max: 1 },
    predictor: 'linear',
  },
  {
    id: 'spend_trend_year',
    name: { en: 'Trend of money, year on year', zh: '消费同比趋势' },
    meaning: {
      en: 'Value bought in the last 365 days against the 365 before, so that seasons do not show: −1 stopped, 1 new',
      zh: '近 365 天与之前 365 天的购买额之比较（不受季节影响）：−1 停止，1 新增',
    },
    unit: 'none',
    family: 'rhythm',
    ...purchases,
    counts: `${bought} AND ${since(730)}`,
    type: 'Nullable(Float32)',
    sql: change(spentIn(365, 0), spentIn(730, 365)),
    domain: { ...domain.realOrNull, min: -1, max: 1 },
  },
  {
    id: 'season_ahead_share',
    name: { en: 'Season ahead', zh: '来季占比' },
    meaning: {
      en: 'Share of the last year’s purchase days that fell into the 90 days now ahead, a year ago',
      zh: '去年购买天数中落在未来 90 天同期的占比',
    },
    unit: 'share',
    family: 'rhythm',
    ...purchases,
    counts: `${bought} AND ${since(365)}`,
    type: 'Nullable(Float32)',
    sql: `if(${daysIn(365, 0)} = 0, NULL, toFloat32(${daysIn(365, 275)} / ${daysIn(365, 0)}))`,
    domain: domain.shareOrNull,
    predictor: 'linear',
  },
  {
    id: 'weekend_share',
    name: { en: 'Weekend share', zh: '周末占比' },
    meaning: { en: 'Share of purchase days that are Saturdays or Sundays', zh: '购买日中周六、周日的占比' },
    unit: 'share',
    family: 'rhythm',
    ...purchases,
    counts: bought,
    type: 'Nullable(Float32)',
    // Day 0 is Thursday 1970-01-01.
    sql: `if(length(${daysBought}) = 0, NULL, toFloat32(arrayCount(day -> (day + 3) % 7 >= 5, ${daysBought}) / length(${daysBought})))`,
    domain: domain.shareOrNull,
  },
]
