import type { ReactNode } from 'react'

interface PanelProps {
  title?: ReactNode
  note?: ReactNode
  extra?: ReactNode
  /** Tables and lists reach the edges. */
  flush?: boolean
  className?: string
  children: ReactNode
}

export function Panel({ title, note, extra, flush, className, children }: PanelProps) {
  return (
    <section className={className ? `panel ${className}` : 'panel'}>
      {title || extra ? (
        <header className="panel-head">
          <div>
            <h2>{title}</h2>
            {note ? <p className="note">{note}</p> : null}
          </div>
          {extra}
        </header>
      ) : null}
      <div className={flush ? 'panel-body flush' : 'panel-body'}>{children}</div>
    </section>
  )
}
