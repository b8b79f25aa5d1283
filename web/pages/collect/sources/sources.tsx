import { PlusOutlined } from '@ant-design/icons'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Page, Tabs, useUrlState } from '../../../kit/index.ts'
import { Imports } from '../imports.tsx'
import { Inbox } from './inbox.tsx'
import { Quarantine } from './quarantine.tsx'
import { SourceTable } from './source-table.tsx'

export default function SourcesPage() {
  const { t } = useText()
  const may = useMay()
  const [tab, setTab] = useUrlState('tab', 'sources')
  return (
    <Page
      title={t('src.title')}
      lead={t('src.lead')}
      actions={
        may('collect.import') && tab !== 'inbox' ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setTab('inbox')}>
            {t('src.add')}
          </Button>
        ) : null
      }
    >
      <div className="tabs-line">
        <Tabs
          activeKey={tab}
          onChange={setTab}
          destroyOnHidden
          items={[
            { key: 'sources', label: t('src.tab-sources'), children: <SourceTable onAdd={() => setTab('inbox')} /> },
            ...(may('collect.import') ? [{ key: 'inbox', label: t('src.tab-inbox'), children: <Inbox /> }] : []),
            { key: 'quarantine', label: t('src.tab-quarantine'), children: <Quarantine /> },
            { key: 'imports', label: t('src.tab-imports'), children: <Imports /> },
          ]}
        />
      </div>
    </Page>
  )
}
