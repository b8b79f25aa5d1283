import { useText } from '../../../i18n/use-text.ts'

interface SparklineProps {
  what: string
  points: readonly { score: number }[]
  width?: number
}

const HEIGHT = 22

/** A score over the last checks, as wide as a word. Its scale is its own: what counts is whether it rises or falls. */
export function Sparkline({ what, points, width = 84 }: SparklineProps) {
  const { t, number } = useText()
  if (points.length < 2) return <span className="muted">–</span>
  const scores = points.map(point => point.score)
  const low = Math.min(...scores)
  const high = Math.max(...scores)
  const x = (index: number): number => 2 + ((width - 4) * index) / (points.length - 1)
  const y = (score: number): number =>
    high - low < 0.05 ? HEIGHT / 2 : HEIGHT - 3 - ((HEIGHT - 6) * (score - low)) / (high - low)
  const last = scores.at(-1)!
  const label = t('quality.trend-of', {
    what,
    from: number(scores[0]!, 1),
    to: number(last, 1),
    count: points.length,
  })
  return (
    <svg className="sparkline" width={width} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      <polyline points={scores.map((score, index) => `${x(index)},${y(score)}`).join(' ')} />
      <circle cx={x(scores.length - 1)} cy={y(last)} r="2.4" />
    </svg>
  )
}
