import { useText } from '../../../i18n/use-text.ts'
import { Page } from '../../../kit/index.ts'
import { CallLimits } from './call-limits.tsx'
import { CallLists } from './call-lists.tsx'

/** The lists for whoever leads, without any customer in sight. */
export default function ListsPage() {
  const { t } = useText()
  return (
    <Page title={t('lists.title')} lead={t('lists.note')}>
      <div className="stack">
        <CallLists manage />
        <CallLimits />
      </div>
    </Page>
  )
}
