import type { StageId } from '../../api/loop.ts'

interface LoopArrowProps {
  from: StageId
  way: 'right' | 'down' | 'left' | 'up'
  /** What flows along it is there. */
  live: boolean
  label?: string | undefined
}

const turns = { right: 0, down: 90, left: 180, up: 270 } as const

export function LoopArrow({ from, way, live, label }: LoopArrowProps) {
  const long = way === 'up' || way === 'down'
  const length = long ? 84 : 40
  return (
    <div className={`ring-arrow from-${from} ${way}${live ? ' live' : ''}`} aria-hidden="true">
      <svg
        aria-hidden="true"
        width={long ? 20 : length}
        height={long ? length : 20}
        viewBox={long ? `0 0 20 ${length}` : `0 0 ${length} 20`}
      >
        <g
          transform={
            long
              ? `translate(10 ${length / 2}) rotate(${turns[way]})`
              : `translate(${length / 2} 10) rotate(${turns[way]})`
          }
        >
          <line x1={-length / 2 + 4} x2={length / 2 - 8} y1="0" y2="0" strokeWidth="1.6" />
          <path d={`M${length / 2 - 11} -5 L${length / 2 - 4} 0 L${length / 2 - 11} 5`} fill="none" strokeWidth="1.6" />
        </g>
      </svg>
      {label ? <span>{label}</span> : null}
    </div>
  )
}
