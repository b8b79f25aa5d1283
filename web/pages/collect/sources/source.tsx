import { Link, useParams } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { SourceDetail } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Figures, Page, Tabs, useUrlState } from '../../../kit/index.ts'
import { Loads } from './loads.tsx'
import { MappedColumns } from './mapped-columns.tsx'
import { MappingEditor } from './mapping-editor.tsx'
import { ScheduleForm } from './schedule-form.tsx'
import { Versions } from './versions.tsx'

export default function SourcePage() {
  const { source = '' } = useParams()
  const { t, term, number, instant } = useText()
  const may = useMay()
  const [tab, setTab] = useUrlState('tab', 'mapping')
  const busy = (data: SourceDetail | undefined) =>
    data?.loads.some(load => load.state === 'running' || load.state === 'waiting')
  const detail = useGet<SourceDetail>(`/sources/${source}`, { every: data => (busy(data) ? 1200 : false) })
  return (
    <Page
      title={term('source', source)}
      lead={detail.data ? `${term('src-kind', detail.data.source.kind)} · ${detail.data.source.file}` : ''}
      crumb={<Link to="/sources">{t('src.title')}</Link>}
    >
      <Async query={detail} lines={12}>
        {data => (
          <div className="stack">
            <Figures
              items={[
                { id: 'rows', label: t('figure.rowsIn'), value: number(data.source.rowsIn) },
                { id: 'stored', label: t('figure.stored'), value: number(data.source.stored) },
                { id: 'duplicates', label: t('figure.duplicates'), value: number(data.source.duplicates) },
                {
                  id: 'quarantined',
                  label: t('figure.quarantined'),
                  value: <Link to={`/sources?tab=quarantine&source=${source}`}>{number(data.source.quarantined)}</Link>,
                },
                {
                  id: 'version',
                  label: t('ver.title'),
                  value: t('src.version', { version: data.source.version }),
                  note: data.source.lastImport ? instant(data.source.lastImport) : t('src.never'),
                },
              ]}
            />
            <div className="tabs-line">
              <Tabs
                activeKey={tab}
                onChange={setTab}
                items={[
                  {
                    key: 'mapping',
                    label: t('map.columns'),
                    children: may('collect.import') ? (
                      <MappingEditor
                        key={data.source.version}
                        target={{ source }}
                        saved={data}
                        name={data.source.file}
                      />
                    ) : (
                      <MappedColumns source={data.source} />
                    ),
                  },
                  { key: 'versions', label: t('ver.title'), children: <Versions detail={data} /> },
                  {
                    key: 'schedule',
                    label: t('sched.title'),
                    children: (
                      <div className="stack">
                        <ScheduleForm key={JSON.stringify(data.source.schedule)} detail={data} />
                        <Loads loads={data.loads} />
                      </div>
                    ),
                  },
                ]}
              />
            </div>
          </div>
        )}
      </Async>
    </Page>
  )
}
