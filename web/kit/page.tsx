import { type ReactNode, useEffect } from 'react'
import { useText } from '../i18n/use-text.ts'

interface PageProps {
  title: string
  /** One sentence: what this page is for. */
  lead?: ReactNode
  crumb?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

export function Page({ title, lead, crumb, actions, children }: PageProps) {
  const { t } = useText()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <main className="page" id="content">
      <header className="page-head">
        <div className="grow">
          {crumb ? <nav className="crumb">{crumb}</nav> : null}
          <h1>{title}</h1>
          {lead ? <p className="lead">{lead}</p> : null}
        </div>
        {actions ? <div className="row no-print">{actions}</div> : null}
      </header>
      {children}
    </main>
  )
}
