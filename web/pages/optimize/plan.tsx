import { PrinterOutlined } from '@ant-design/icons'
import { useText } from '../../i18n/use-text.ts'
import { Button, TabbedPage } from '../../kit/index.ts'
import { CurveTab } from './curve.tsx'
import { Offers } from './offers.tsx'
import { PlanResult } from './plan-result.tsx'
import { Plans } from './plans/plans.tsx'
import { Capacities } from './policy/capacities.tsx'
import { PolicyTab } from './policy/policy-tab.tsx'
import { Scenarios } from './scenarios/scenarios.tsx'
import { WhoGetsWhat } from './who/who-gets-what.tsx'

export default function PlanPage() {
  const { t } = useText()
  return (
    <TabbedPage
      title={t('plan.title')}
      lead={t('plan.lead')}
      actions={
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('action.print')}
        </Button>
      }
      tabs={[
        { key: 'plan', label: t('plan.tab'), children: <PlanResult /> },
        { key: 'scenarios', label: t('scenarios.title'), children: <Scenarios /> },
        { key: 'curve', label: t('curve.title'), children: <CurveTab /> },
        { key: 'who', label: t('plan.by-offer'), children: <WhoGetsWhat /> },
        { key: 'offers', label: t('offers.title'), children: <Offers /> },
        { key: 'policy', label: t('policy.title'), children: <PolicyTab /> },
        { key: 'limits', label: t('capacity.title'), children: <Capacities /> },
        { key: 'plans', label: t('plans.title'), children: <Plans /> },
      ]}
    />
  )
}
