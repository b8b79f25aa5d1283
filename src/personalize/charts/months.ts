import type { EChartsOption } from 'echarts'
import { shortMoney, shortMonth } from '../compose/format.ts'
import { type ChartLook, category, frame, valueAxis } from './look.ts'

/** One month of a twelve-month chart; amounts in minor units, returns make a month negative. */
export interface MonthAmount {
  /** '2010-11'. */
  month: string
  amount: number
}

/** The one description of the twelve-month chart: the page draws it on canvas, the PDF takes its SVG, the e-mail a table. */
export function monthsOption(months: readonly MonthAmount[], look: ChartLook): EChartsOption {
  return {
    ...frame(look),
    xAxis: category(
      months.map(({ month }) => shortMonth(month, look.lang)),
      look,
    ),
    yAxis: valueAxis(look, value => shortMoney(value, look.currency, look.lang)),
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
