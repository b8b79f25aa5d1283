import { useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { chartStyle } from './chart-style.ts'
import type { ChartOption } from './echarts.ts'
import { shade } from './theme.ts'

export interface MapRegion {
  /** As the map names it: an ISO code on the world, a name in China. */
  id: string
  name: string
  value: number
}

interface MapProps {
  /** `world`, `china`, or the name of a province: 广东. */
  map: string
  regions: readonly MapRegion[]
  write: (value: number) => string
  height: number
  /** What the picture says, for those who cannot see it. */
  label: string
  onOpen?: (id: string) => void
}

/** Taiwan, Hong Kong and Macao are drawn with China on the map of the world. */
const partOfChina = new Set(['TW', 'HK', 'MO'])

/** Regions shaded by their value; what lies on no region of the map is left to the table beside it. */
export function RegionMap({ map, regions, write, height, label, onOpen }: MapProps) {
  const { t, term } = useText()
  const theme = shade.use()
  const box = useRef<HTMLDivElement>(null)
  const [missing, setMissing] = useState(false)
  const open = useRef(onOpen)
  open.current = onOpen
  const option = useMemo(
    () => optionOf({ map, regions, write, theme, name: id => term('country', id) }),
    [map, regions, write, theme, term],
  )
  useEffect(() => {
    const element = box.current
    if (!element) return
    let gone = false
    let dispose = (): void => undefined
    setMissing(false)
    void import('./maps.ts')
      .then(async ({ draw, loadMap }) => {
        await loadMap(map)
        if (!gone) dispose = draw(element, option, id => open.current?.(id))
      })
      .catch(() => {
        if (!gone) setMissing(true)
      })
    return () => {
      gone = true
      dispose()
    }
  }, [map, option])
  if (missing) return <p className="muted">{t('seven.map-missing')}</p>
  return <div ref={box} className="chart" style={{ height }} role="img" aria-label={label} />
}

interface Drawn {
  map: string
  regions: readonly MapRegion[]
  write: (value: number) => string
  theme: ReturnType<typeof shade.get>
  name: (id: string) => string
}

function optionOf({ map, regions, write, theme, name }: Drawn): ChartOption {
  const style = chartStyle(theme)
  const sums = new Map<string, { value: number; name: string }>()
  for (const region of regions) {
    const id = map === 'world' && partOfChina.has(region.id) ? 'CN' : region.id
    const before = sums.get(id)
    sums.set(id, {
      value: (before?.value ?? 0) + region.value,
      name: id === region.id ? region.name : (before?.name ?? name(id)),
    })
  }
  const values = [...sums].filter(([id]) => id !== '')
  const most = Math.max(1, ...values.map(([, region]) => region.value))
  // China's provinces make one shape without lines between them.
  const whole = map === 'world' ? { itemStyle: { borderWidth: 0 } } : {}
  return {
    tooltip: {
      ...style.tooltip,
      trigger: 'item',
      formatter: ({ name: id, value }: { name: string; value: number }) =>
        `${escaped(sums.get(id)?.name ?? (map === 'world' ? name(id) : id))}${Number.isFinite(value) ? `: ${escaped(write(value))}` : ''}`,
    },
    visualMap: {
      min: 0,
      max: most,
      left: 4,
      bottom: 4,
      itemWidth: 10,
      itemHeight: 80,
      text: [write(most), write(0)],
      textStyle: { color: style.colour.ink, fontSize: 11 },
      inRange: { color: [theme === 'dark' ? '#262c44' : '#e4e8fa', style.colour.accent] },
    },
    series: [
      {
        type: 'map',
        map,
        roam: false,
        selectedMode: false,
        layoutCenter: ['50%', '52%'],
        // The shorter side of a flat map is its height: as wide as the box allows.
        ...(map === 'world'
          ? { left: 4, right: 4, top: 4, bottom: 4, aspectScale: 0.85 }
          : { left: 40, right: 8, top: 4, bottom: 4 }),
        nameProperty: 'name',
        label: { show: false },
        itemStyle: {
          areaColor: theme === 'dark' ? '#20242e' : '#f3f4f7',
          borderColor: style.colour.quiet,
          borderWidth: 0.5,
        },
        emphasis: { label: { show: false }, itemStyle: { areaColor: theme === 'dark' ? '#e0ac4e' : '#f2c879' } },
        data: [
          ...values.map(([id, region]) => ({ name: id, value: region.value, ...(id === 'CN' ? whole : {}) })),
          ...(map === 'world' && !sums.has('CN') ? [{ name: 'CN', value: Number.NaN, ...whole }] : []),
        ],
      },
    ],
  }
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)
