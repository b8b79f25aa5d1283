import { useText } from '../../i18n/use-text.ts'
import { Page, Tabs, useUrlState } from '../../kit/index.ts'
import { Offers } from './offers.tsx'
import { PlanResult } from './plan-result.tsx'
import { Policy } from './policy.tsx'

export default function PlanPage() {
  const { t } = useText()
  const [tab, setTab] = useUrlState('tab', 'plan')
  return (
    <Page title={t('plan.title')} lead={t('plan.lead')}>
      <div className="tabs-line">
        <Tabs
          activeKey={tab}
          onChange={setTab}
          destroyOnHidden
          items={[
            { key: 'plan', label: t('plan.tab'), children: <PlanResult /> },
            { key: 'offers', label: t('offers.title'), children: <Offers /> },
            { key: 'policy', label: t('policy.title'), children: <Policy /> },
          ]}
        />
      </div>
    </Page>
  )
}
