import type { EChartsOption } from 'echarts'
import { money } from '../compose/format.ts'
import { type ChartLook, labels, palette } from './look.ts'

/** What a whole is made of: what a customer bought, by kind of goods. Amounts in minor units, above zero. */
export interface Share {
  name: string
  amount: number
}

/** A ring, its parts named beside it with amount and share, so that nobody must compare colours. */
export function shareOption(shares: readonly Share[], look: ChartLook): EChartsOption {
  const sum = shares.reduce((all, { amount }) => all + amount, 0)
  const colours = palette(look)
  return {
    animation: false,
    textStyle: { fontFamily: look.fontFamily },
    series: [
      {
        type: 'pie',
        radius: ['48%', '78%'],
        center: ['50%', '50%'],
        data: shares.map(({ name, amount }, index) => ({
          name: `${name}  ${money(amount, look.currency, look.lang)}  ${percent(amount, sum)}`,
          value: amount,
          itemStyle: { color: colours[index % colours.length]!, borderColor: '#ffffff', borderWidth: 1 },
        })),
        label: { ...labels(look), formatter: '{b}' },
        labelLine: { length: 8, length2: 10, lineStyle: { color: '#b8c0c8' } },
      },
    ],
  }
}

export const percent = (part: number, whole: number): string =>
  `${whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10}%`
