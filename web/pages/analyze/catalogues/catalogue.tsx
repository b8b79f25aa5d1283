import { Link, useParams } from 'react-router'
import type { CatalogueView } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Page, Tabs, useUrlState } from '../../../kit/index.ts'
import { CatalogueEditor } from './catalogue-editor.tsx'
import { RecipientTable } from './recipients.tsx'

export default function CataloguePage() {
  const { t, say } = useText()
  const { code = '' } = useParams()
  const [tab, setTab] = useUrlState('tab', 'products')
  const isNew = code === 'new'
  const view = useGet<CatalogueView>(`/catalogues/${code}`, { enabled: !isNew })
  return (
    <Page
      title={isNew ? t('catalogues.new') : view.data ? say(view.data.name) : code}
      lead={view.data ? say(view.data.about) : null}
      crumb={<Link to="/catalogues">{t('catalogues.title')}</Link>}
    >
      {isNew ? (
        <CatalogueEditor key="new" view={null} />
      ) : (
        <Async query={view} lines={10}>
          {data => (
            <div className="tabs-line">
              <Tabs
                activeKey={tab}
                onChange={setTab}
                items={[
                  {
                    key: 'products',
                    label: t('catalogues.products'),
                    children: <CatalogueEditor key={code} view={data} />,
                  },
                  { key: 'recipients', label: t('catalogues.recipients'), children: <RecipientTable code={code} /> },
                ]}
              />
            </div>
          )}
        </Async>
      )}
    </Page>
  )
}
