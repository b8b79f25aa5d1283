import { useText } from '../../../i18n/use-text.ts'
import { TabbedPage } from '../../../kit/index.ts'
import { KindsTab } from './kinds-tab.tsx'
import { SmsPoliciesTab } from './sms-policies-tab.tsx'

export default function KindsPage() {
  const { t } = useText()
  return (
    <TabbedPage
      title={t('kinds.title')}
      lead={t('kinds.lead')}
      tabs={[
        { key: 'kinds', label: t('kinds.tab.kinds'), children: <KindsTab /> },
        { key: 'sms', label: t('kinds.tab.sms'), children: <SmsPoliciesTab /> },
      ]}
    />
  )
}
