import type { EChartsOption } from 'echarts'
import { shortMoney } from '../compose/format.ts'
import { type ChartLook, category, frame, legend, valueAxis } from './look.ts'

/** The same thing now and before, in minor units. */
export interface Comparison {
  name: string
  amount: number
  before: number
}

/** Pairs of bars: before in the company's colour, now in the accent. */
export function comparisonOption(rows: readonly Comparison[], look: ChartLook): EChartsOption {
  const words = comparisonWords(look.lang)
  const bars = (name: string, color: string, values: number[]) => ({
    type: 'bar' as const,
    name,
    barMaxWidth: 22,
    itemStyle: { color },
    data: values,
  })
  return {
    ...frame(look, 24),
    legend: legend(look, [words.before, words.now]),
    xAxis: category(
      rows.map(({ name }) => name),
      look,
    ),
    yAxis: valueAxis(look, value => shortMoney(value, look.currency, look.lang)),
    series: [
      bars(
        words.before,
        look.colour,
        rows.map(({ before }) => before),
      ),
      bars(
        words.now,
        look.accent,
        rows.map(({ amount }) => amount),
      ),
    ],
  }
}

const said = {
  'zh-CN': { before: '上期', now: '本期' },
  'zh-TW': { before: '上期', now: '本期' },
  en: { before: 'Before', now: 'Now' },
}
export const comparisonWords = (lang: ChartLook['lang']) => said[lang]
