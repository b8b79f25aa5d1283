import { useText } from '../i18n/use-text.ts'

const stages = ['collect', 'analyze', 'optimize', 'campaign', 'personalize', 'interact'] as const
const RADIUS = 128
const CENTRE = { x: 230, y: 168 }

/** Six stages on a ring: the loop as one picture, for the door. */
export function LoopSketch() {
  const { term } = useText()
  const at = (index: number) => {
    const angle = ((index * 60 - 120) * Math.PI) / 180
    return { x: CENTRE.x + 1.25 * RADIUS * Math.cos(angle), y: CENTRE.y + RADIUS * Math.sin(angle) }
  }
  return (
    <svg viewBox="0 0 460 336" width="100%" style={{ maxWidth: 520 }} aria-hidden="true">
      <ellipse
        cx={CENTRE.x}
        cy={CENTRE.y}
        rx={1.25 * RADIUS}
        ry={RADIUS}
        fill="none"
        stroke="var(--accent-line)"
        strokeWidth="1.5"
        strokeDasharray="3 6"
      />
      <g transform={`translate(${CENTRE.x - 26} ${CENTRE.y - 26}) scale(1.625)`}>
        <path
          d="M22 5H9a4 4 0 0 0-4 4v14a4 4 0 0 0 4 4h14a4 4 0 0 0 4-4V10"
          fill="none"
          stroke="var(--accent)"
          strokeWidth="2.6"
          strokeLinecap="round"
        />
        <rect x="11.5" y="11.5" width="9" height="9" rx="2.2" fill="var(--accent)" />
      </g>
      {stages.map((stage, index) => {
        const { x, y } = at(index)
        return (
          <g key={stage} transform={`translate(${x} ${y})`}>
            <rect x="-52" y="-17" width="104" height="34" rx="17" fill="var(--surface)" stroke="var(--line-strong)" />
            <text textAnchor="middle" dy="0.36em" fontSize="13" fill="var(--ink)">
              {term('stage', stage)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
