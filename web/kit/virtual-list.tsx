import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link } from 'react-router'

interface VirtualListProps {
  total: number
  /** Pixels; every row has it. */
  rowHeight: number
  template: string
  head: ReactNode
  label: string
  /** null: the row is not here yet. */
  row: (index: number) => { to: string; cells: ReactNode } | null
  /** Told which rows are in view, to fetch them. */
  onView: (first: number, last: number) => void
}

/** Browsers refuse elements above some 17 million pixels (Firefox) or 33 million (Chromium). */
const MAX_PIXELS = 12_000_000

export const rowsThatFit = (rowHeight: number): number => Math.floor(MAX_PIXELS / rowHeight)

/** Only the rows in view exist; a hundred thousand scroll like a hundred. Another search is another list: give it a `key`. */
export function VirtualList({ total, rowHeight, template, head, label, row, onView }: VirtualListProps) {
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: Math.min(total, rowsThatFit(rowHeight)),
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => onView(first, last), [first, last, onView])
  return (
    <>
      {head ? (
        <div className="vlist-head" style={{ gridTemplateColumns: template }} aria-hidden="true">
          {head}
        </div>
      ) : null}
      <div className="vlist" ref={box}>
        <ul style={{ height: virtual.getTotalSize(), position: 'relative' }} aria-label={label}>
          {items.map(item => {
            const content = row(item.index)
            const columns = { height: rowHeight, gridTemplateColumns: template }
            return (
              <li key={item.key} className="vlist-item" style={{ transform: `translateY(${item.start}px)` }}>
                {content ? (
                  <Link to={content.to} className="vlist-row" style={columns}>
                    {content.cells}
                  </Link>
                ) : (
                  <div className="vlist-row" style={columns} aria-hidden="true">
                    <span className="ghost" />
                  </div>
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}
