import type { Companion } from '../../../api/products.ts'
import { useText } from '../../../i18n/use-text.ts'

const [SIZE, RADIUS] = [320, 122]

interface EgoGraphProps {
  companions: readonly Companion[]
  /** Between companions. */
  links: readonly { a: string; b: string; shrunkLift: number }[]
  label: string
}

/** A product in the middle, what is bought with it around, numbered as in the table beside it; strong ties are thick. */
export function EgoGraph({ companions, links, label }: EgoGraphProps) {
  const { say, number } = useText()
  const shown = companions.slice(0, 12)
  const middle = SIZE / 2
  const place = new Map(
    shown.map(({ code }, k) => {
      const angle = (2 * Math.PI * k) / shown.length - Math.PI / 2
      return [code, { x: middle + RADIUS * Math.cos(angle), y: middle + RADIUS * Math.sin(angle) }]
    }),
  )
  const most = Math.max(1, ...shown.map(companion => Math.log(companion.shrunkLift)))
  const width = (lift: number) => 0.5 + 4 * Math.max(0, Math.log(lift) / most)
  return (
    <svg className="ego-graph" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={label}>
      {links.map(({ a, b, shrunkLift }) => {
        const [from, to] = [place.get(a), place.get(b)]
        return from && to ? (
          <line key={`${a}/${b}`} className="between" x1={from.x} y1={from.y} x2={to.x} y2={to.y}>
            <title>{number(shrunkLift, 1)}</title>
          </line>
        ) : null
      })}
      {shown.map(({ code, shrunkLift }) => {
        const { x, y } = place.get(code)!
        return (
          <line key={code} className="spoke" x1={middle} y1={middle} x2={x} y2={y} strokeWidth={width(shrunkLift)} />
        )
      })}
      <circle className="middle" cx={middle} cy={middle} r={13} />
      {shown.map(({ code, name, shrunkLift }, k) => {
        const { x, y } = place.get(code)!
        return (
          <g key={code}>
            <title>{`${say(name)} · ${number(shrunkLift, 1)}`}</title>
            <circle className="node" cx={x} cy={y} r={15} />
            <text x={x} y={y} textAnchor="middle" dominantBaseline="central">
              {k + 1}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
