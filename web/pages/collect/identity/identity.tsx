import { useText } from '../../../i18n/use-text.ts'
import { TabbedPage } from '../../../kit/index.ts'
import { Changes } from './changes.tsx'
import { Clusters } from './clusters.tsx'
import { Drift } from './drift.tsx'
import { Households } from './households.tsx'
import { Review } from './review.tsx'
import { Threshold } from './threshold.tsx'

export default function IdentityPage() {
  const { t } = useText()
  return (
    <TabbedPage
      title={t('identity.title')}
      lead={t('identity.lead')}
      tabs={[
        { key: 'review', label: t('identity.review'), children: <Review /> },
        { key: 'clusters', label: t('identity.clusters'), children: <Clusters /> },
        { key: 'threshold', label: t('identity.threshold'), children: <Threshold /> },
        { key: 'drift', label: t('identity.drift'), children: <Drift /> },
        { key: 'changes', label: t('identity.changes'), children: <Changes /> },
        { key: 'households', label: t('identity.households'), children: <Households /> },
      ]}
    />
  )
}
