import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Page, Tabs, useUrlState } from '../../../kit/index.ts'
import { AccessLogView } from './access-log.tsx'
import { Holds } from './holds.tsx'
import { Ledger } from './ledger.tsx'
import { Requests } from './requests.tsx'
import { Suppression } from './suppression.tsx'

/** Consent and rights: requests of people, lists of who is not to be reached, holds, the ledger, and who looked at what. */
export default function RightsPage() {
  const { t } = useText()
  const may = useMay()
  const [tab, setTab] = useUrlState('tab', 'requests')
  const manage = may('consent.manage')
  const tabs = [
    { key: 'requests', label: t('rights.requests'), children: <Requests /> },
    manage ? { key: 'lists', label: t('rights.lists'), children: <Suppression /> } : null,
    { key: 'holds', label: t('rights.holds'), children: <Holds /> },
    manage ? { key: 'ledger', label: t('rights.ledger'), children: <Ledger /> } : null,
    { key: 'access', label: t('rights.access'), children: <AccessLogView /> },
  ].filter(item => item !== null)
  return (
    <Page title={t('rights.title')} lead={t('rights.lead')}>
      <div className="tabs-line">
        <Tabs activeKey={tab} onChange={setTab} items={tabs} destroyOnHidden />
      </div>
    </Page>
  )
}
