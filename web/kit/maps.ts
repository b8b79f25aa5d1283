import { MapChart } from 'echarts/charts'
import { VisualMapComponent } from 'echarts/components'
import { registerMap, use } from 'echarts/core'
import { draw } from './echarts.ts'

use([MapChart, VisualMapComponent])

/** `world`, `china`, or a province of it: made by scripts/make-maps.ts, fetched when first looked at. */
const kept = new Map<string, Promise<ReadonlySet<string>>>()

interface Shapes {
  features: { properties: { name: string } }[]
}

/** Names of the regions of a map, once it is there to draw. ECharts adds the South China Sea inset to the one called `china`. */
export function loadMap(name: string): Promise<ReadonlySet<string>> {
  const found = kept.get(name)
  if (found) return found
  const path = name === 'world' || name === 'china' ? name : `china/${name}`
  const loading = fetch(`/maps/${encodeURI(path)}.geojson`).then(async answer => {
    if (!answer.ok) throw new Error(`${answer.status} ${path}`)
    const shapes = (await answer.json()) as Shapes
    registerMap(name, shapes as unknown as Parameters<typeof registerMap>[1])
    return new Set(shapes.features.map(feature => feature.properties.name))
  })
  loading.catch(() => kept.delete(name))
  kept.set(name, loading)
  return loading
}

export { draw }
