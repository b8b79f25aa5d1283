import type { ReactNode } from 'react'

/** Nothing here, and what to do about it. */
export function Blank({ title, children, actions }: { title: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="blank">
      <svg className="glyph" width="44" height="44" viewBox="0 0 32 32" aria-hidden="true">
        <path
          d="M22 5H9a4 4 0 0 0-4 4v14a4 4 0 0 0 4 4h14a4 4 0 0 0 4-4V10"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
        />
        <rect x="12" y="12" width="8" height="8" rx="2" fill="none" stroke="currentColor" strokeWidth="2" />
      </svg>
      <strong>{title}</strong>
      {children ? <p>{children}</p> : null}
      {actions ? <div className="actions row">{actions}</div> : null}
    </div>
  )
}
