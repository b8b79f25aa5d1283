import type { EChartsOption } from 'echarts'
import { shortDay, shortNumber } from '../compose/format.ts'
import { type ChartLook, category, frame, valueAxis } from './look.ts'

/** What was used on a day: minutes, kilowatt hours, pieces. */
export interface Usage {
  /** '2010-11-03' */
  day: string
  value: number
}

/** A line over days with the area under it; as many dates as fit stand below. */
export function usageOption(rows: readonly Usage[], look: ChartLook): EChartsOption {
  const dates = category(
    rows.map(({ day }) => shortDay(day, look.lang)),
    look,
  )
  return {
    ...frame(look),
    xAxis: {
      ...dates,
      boundaryGap: false,
      axisLabel: { ...dates.axisLabel, interval: Math.max(0, Math.ceil(rows.length / 10) - 1) },
    },
    yAxis: valueAxis(look, shortNumber),
    series: [
      {
        type: 'line',
        showSymbol: false,
        lineStyle: { color: look.colour, width: 2 },
        areaStyle: { color: look.colour, opacity: 0.12 },
        data: rows.map(({ value }) => value),
      },
    ],
  }
}
