import type { EChartsOption } from 'echarts'
import type { Lang } from '../../platform/errors.ts'
import { shortMoney, shortMonth } from '../compose/format.ts'

/** One month of a twelve-month chart; amounts in minor units, returns make a month negative. */
export interface MonthAmount {
  /** '2010-11'. */
  month: string
  amount: number
}

export interface ChartLook {
  lang: Lang
  currency: string
  colour: string
  /** Of the newest month, which the document is about. */
  accent: string
  fontFamily: string
  fontSize: number
}

/** The one description of the twelve-month chart: the page draws it on canvas, the PDF takes its SVG, the e-mail a table. */
export function monthsOption(months: readonly MonthAmount[], look: ChartLook): EChartsOption {
  const label = { color: '#5b6470', fontFamily: look.fontFamily, fontSize: look.fontSize }
  return {
    animation: false,
    textStyle: { fontFamily: look.fontFamily },
    grid: { left: 4, right: 4, top: 10, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: months.map(({ month }) => shortMonth(month, look.lang)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: '#b8c0c8' } },
      axisLabel: { ...label, interval: 0 },
    },
    yAxis: {
      type: 'value',
      splitNumber: 3,
      splitLine: { lineStyle: { color: '#e6eaee' } },
      axisLabel: { ...label, formatter: (value: number) => shortMoney(value, look.currency) },
    },
    series: [
      {
        type: 'bar',
        barWidth: '58%',
        data: months.map(({ amount }, index) => ({
          value: amount,
          itemStyle: {
            color: index === months.length - 1 ? look.accent : look.colour,
            borderRadius: amount < 0 ? 0 : [2, 2, 0, 0],
          },
        })),
      },
    ],
  }
}
