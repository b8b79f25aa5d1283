import { useText } from '../../../i18n/use-text.ts'
import { Page } from '../../../kit/index.ts'
import { CallLists } from './call-lists.tsx'

/** The lists for whoever leads, without any customer in sight. */
export default function ListsPage() {
  const { t } = useText()
  return (
    <Page title={t('lists.title')} lead={t('lists.note')}>
      <CallLists manage />
    </Page>
  )
}
