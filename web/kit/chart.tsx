import { useEffect, useRef } from 'react'
import type { ChartOption } from './echarts.ts'

interface ChartProps {
  /** Keep it with useMemo; a new one is drawn anew. Colours come from chartStyle, so a new theme is a new option. */
  option: ChartOption
  height: number
  /** What the picture says, for those who cannot see it. */
  label: string
}

/** ECharts is fetched when the first picture is drawn, not with the page. */
export function Chart({ option, height, label }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return
    let gone = false
    let dispose = (): void => undefined
    void import('./echarts.ts').then(({ draw }) => {
      if (!gone) dispose = draw(element, option)
    })
    return () => {
      gone = true
      dispose()
    }
  }, [option])
  return <div ref={box} className="chart" style={{ height }} role="img" aria-label={label} />
}
