import type { ReactNode } from 'react'
import { Tabs } from './controls.ts'
import { Page } from './page.tsx'
import { useUrlState } from './use-url-state.ts'

interface TabbedPageProps {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  /** The first is open when the address names none. */
  tabs: readonly [PageTab, ...PageTab[]]
}

interface PageTab {
  key: string
  label: string
  children: ReactNode
}

/** A page of several parts; the open one stands in the address, and only it is there. */
export function TabbedPage({ tabs, ...page }: TabbedPageProps) {
  const [tab, setTab] = useUrlState('tab', tabs[0].key)
  return (
    <Page {...page}>
      <div className="tabs-line">
        <Tabs activeKey={tab} onChange={setTab} destroyOnHidden items={[...tabs]} />
      </div>
    </Page>
  )
}
