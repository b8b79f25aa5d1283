import { useText } from '../../../i18n/use-text.ts'
import { Page, Tabs, useUrlState } from '../../../kit/index.ts'
import { Keys } from './keys.tsx'
import { Marts } from './marts.tsx'
import { Targets } from './targets.tsx'
import { WebSites } from './web-sites.tsx'

export default function GivingBackPage() {
  const { t } = useText()
  const [tab, setTab] = useUrlState('tab', 'targets')
  return (
    <Page title={t('gb.title')} lead={t('gb.lead')}>
      <div className="tabs-line">
        <Tabs
          activeKey={tab}
          onChange={setTab}
          destroyOnHidden
          items={[
            { key: 'targets', label: t('gb.targets'), children: <Targets /> },
            { key: 'marts', label: t('gb.marts'), children: <Marts /> },
            { key: 'keys', label: t('gb.keys'), children: <Keys /> },
            { key: 'web', label: t('gb.web'), children: <WebSites /> },
          ]}
        />
      </div>
    </Page>
  )
}
