import type { ReactNode } from 'react'

export interface FigureItem {
  id: string
  label: ReactNode
  value: ReactNode
  note?: ReactNode
  tone?: 'good' | 'warn' | 'bad' | undefined
}

/** A strip of figures, each with its name above and what it rests on below. */
export function Figures({ items }: { items: readonly (FigureItem | null | false)[] }) {
  return (
    <dl className="figures">
      {items.map(item =>
        item ? (
          <div className="figure" key={item.id}>
            <dt>{item.label}</dt>
            <dd className={item.tone ? `value ${item.tone}` : 'value'}>{item.value}</dd>
            {item.note ? <dd className="note">{item.note}</dd> : null}
          </div>
        ) : null,
      )}
    </dl>
  )
}
