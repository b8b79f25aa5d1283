import type { EChartsOption } from 'echarts'
import type { Language } from '../compose/languages.ts'

/** How a chart looks, the same in a page, a PDF and a mail. */
export interface ChartLook {
  lang: Language
  currency: string
  colour: string
  /** Of what the document is about: the newest month, this year. */
  accent: string
  fontFamily: string
  fontSize: number
}

const INK = '#5b6470'

export const labels = (look: ChartLook) => ({ color: INK, fontFamily: look.fontFamily, fontSize: look.fontSize })

export const category = (names: string[], look: ChartLook) => ({
  type: 'category' as const,
  data: names,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: '#b8c0c8' } },
  axisLabel: { ...labels(look), interval: 0 },
})

export const valueAxis = (look: ChartLook, formatter: (value: number) => string) => ({
  type: 'value' as const,
  splitNumber: 3,
  splitLine: { lineStyle: { color: '#e6eaee' } },
  axisLabel: { ...labels(look), formatter },
})

/** What all charts with axes begin with; a legend above takes `top` more. */
export const frame = (look: ChartLook, top = 10): EChartsOption => ({
  animation: false,
  textStyle: { fontFamily: look.fontFamily },
  grid: { left: 4, right: 4, top, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
})

export const legend = (look: ChartLook, names: string[]) => ({
  data: names,
  top: 0,
  right: 0,
  itemWidth: 12,
  itemHeight: 9,
  textStyle: labels(look),
})

/** Slices and lines beyond the company's two colours: told apart by lightness too, for print in grey and for colour-blind readers. */
export const palette = (look: ChartLook): string[] => [
  look.colour,
  look.accent,
  '#8fb8b4',
  '#e2a48c',
  '#3d4a57',
  '#c9b458',
  '#6d8fb3',
  '#b8c0c8',
]
