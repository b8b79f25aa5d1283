import { useText } from '../../i18n/use-text.ts'
import { TabbedPage } from '../../kit/index.ts'
import { ArchiveTab } from './archive/archive-tab.tsx'
import { LedgerSearch } from './archive/ledger-search.tsx'

/** The ledger of all turns: what was composed, found by whom, when, what and which words; how long it is kept. */
export default function CommunicationsPage() {
  const { t } = useText()
  return (
    <TabbedPage
      title={t('comm.title')}
      lead={t('comm.lead')}
      tabs={[
        { key: 'list', label: t('ledger.tab'), children: <LedgerSearch /> },
        { key: 'archive', label: t('archive.tab'), children: <ArchiveTab /> },
      ]}
    />
  )
}
