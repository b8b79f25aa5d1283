const WIDTH = 132
const HEIGHT = 18

interface RangeBarProps {
  low: number
  high: number
  /** The best guess, where there is one. */
  at?: number | undefined
  /** Where nothing is different: 1 of factors, 0 of differences. */
  neutral: number
  /** Ends of the picture. */
  from: number
  to: number
  /** Factors are drawn by their logarithm. */
  log?: boolean
  label: string
  tone?: 'plain' | 'bad' | 'good' | undefined
}

/** An interval on a short line, with the place where nothing is different. */
export function RangeBar({ low, high, at, neutral, from, to, log, label, tone = 'plain' }: RangeBarProps) {
  const scale = (value: number): number => {
    const held = Math.min(to, Math.max(from, value))
    const share = log
      ? (Math.log(held) - Math.log(from)) / (Math.log(to) - Math.log(from))
      : (held - from) / Math.max(1e-12, to - from)
    return 4 + share * (WIDTH - 8)
  }
  const colour = tone === 'bad' ? 'var(--bad)' : tone === 'good' ? 'var(--good)' : 'var(--ink-2)'
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      <line x1="4" x2={WIDTH - 4} y1={HEIGHT / 2} y2={HEIGHT / 2} stroke="var(--line-strong)" />
      <line
        x1={scale(neutral)}
        x2={scale(neutral)}
        y1="2"
        y2={HEIGHT - 2}
        stroke="var(--ink-3)"
        strokeDasharray="2 2"
      />
      <line
        x1={scale(low)}
        x2={Math.max(scale(low) + 1, scale(high))}
        y1={HEIGHT / 2}
        y2={HEIGHT / 2}
        stroke={colour}
        strokeWidth="5"
        strokeLinecap="round"
        opacity="0.55"
      />
      {at === undefined ? null : <circle cx={scale(at)} cy={HEIGHT / 2} r="4" fill={colour} />}
    </svg>
  )
}
