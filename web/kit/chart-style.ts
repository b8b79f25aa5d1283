import { chartColours, type Shade } from './theme.ts'

/** Axes, grid and tooltip alike in every picture. */
export function chartStyle(of: Shade) {
  const colour = chartColours(of)
  // Texts are measured on a canvas, which knows no CSS variables.
  const text = { color: colour.ink, fontSize: 12, fontFamily: getComputedStyle(document.body).fontFamily }
  return {
    colour,
    grid: { left: 8, right: 12, top: 30, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 8, textStyle: text, icon: 'roundRect' },
    tooltip: {
      trigger: 'axis' as const,
      backgroundColor: colour.surface,
      borderColor: colour.line,
      textStyle: { ...text },
      axisPointer: { type: 'shadow' as const, shadowStyle: { color: 'rgba(120,130,160,0.10)' } },
    },
    category: {
      axisLine: { lineStyle: { color: colour.line } },
      axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true },
    },
    value: {
      splitLine: { lineStyle: { color: colour.line } },
      axisLabel: text,
    },
  }
}
