import { useText } from '../../i18n/use-text.ts'
import { Page, Tabs, useUrlState } from '../../kit/index.ts'
import { Imports } from './imports.tsx'
import { Quarantine } from './quarantine.tsx'
import { Scorecards } from './scorecards.tsx'
import { Sources } from './sources.tsx'

export default function QualityPage() {
  const { t } = useText()
  const [tab, setTab] = useUrlState('tab', 'scorecards')
  return (
    <Page title={t('quality.title')} lead={t('quality.lead')}>
      <div className="tabs-line">
        <Tabs
          activeKey={tab}
          onChange={setTab}
          destroyOnHidden
          items={[
            { key: 'scorecards', label: t('quality.scorecards'), children: <Scorecards /> },
            { key: 'quarantine', label: t('quality.quarantine'), children: <Quarantine /> },
            { key: 'imports', label: t('quality.imports'), children: <Imports /> },
            { key: 'sources', label: t('quality.sources'), children: <Sources /> },
          ]}
        />
      </div>
    </Page>
  )
}
