import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { send } from '../../../api/client.ts'
import type { CatalogueList } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Chip,
  type Column,
  DataTable,
  Page,
  Panel,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { Distribute } from './distribute.tsx'
import { Suggestions } from './suggestions.tsx'

type Row = CatalogueList['rows'][number]

/** Collections around a theme, and who should get which. */
export default function CataloguesPage() {
  const { t, say, term, number } = useText()
  const navigate = useNavigate()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const list = useGet<CatalogueList>('/catalogues')
  const mayWrite = may('catalogues.write')
  const restore = useMutation({
    mutationFn: (code: string) => send('POST', `/catalogues/${code}/restore`, {}),
    onError: error => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['/catalogues'] }),
  })
  const columns: Column<Row>[] = [
    {
      id: 'name',
      title: t('catalogues.catalogue'),
      by: row => say(row.name),
      cell: row => (
        <>
          <div className="strong">{say(row.name)}</div>
          <div className="small muted wrap">{say(row.about)}</div>
        </>
      ),
    },
    { id: 'source', title: t('catalogues.made'), cell: row => <Chip>{term('catalogue-source', row.source)}</Chip> },
    {
      id: 'some',
      title: t('catalogues.holds'),
      cell: row => <span className="small wrap">{row.some.map(product => say(product.name)).join(' · ')}</span>,
    },
    {
      id: 'products',
      title: t('catalogues.products'),
      right: true,
      by: row => row.products,
      cell: row => number(row.products),
    },
  ]
  return (
    <Page
      title={t('catalogues.title')}
      lead={t('catalogues.lead')}
      actions={
        mayWrite ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate('/catalogues/new')}>
            {t('catalogues.new')}
          </Button>
        ) : null
      }
    >
      <Async query={list} lines={8}>
        {data => (
          <div className="stack">
            <Panel flush title={t('catalogues.list')}>
              <DataTable
                columns={columns}
                rows={data.rows}
                rowId={row => row.code}
                onOpen={row => void navigate(`/catalogues/${row.code}`)}
                empty={<Blank title={t('catalogues.none')}>{t('catalogues.none-hint')}</Blank>}
              />
            </Panel>
            {data.retired.length > 0 && mayWrite ? (
              <div className="no-print">
                <Callout title={t('catalogues.retired')}>
                  <ul className="plain stack tight">
                    {data.retired.map(({ code, name }) => (
                      <li key={code} className="row apart">
                        <span>{say(name)}</span>
                        <Button size="small" onClick={() => restore.mutate(code)}>
                          {t('catalogues.restore')}
                        </Button>
                      </li>
                    ))}
                  </ul>
                </Callout>
              </div>
            ) : null}
            {data.rows.length > 0 ? <Distribute catalogues={data.rows} /> : null}
            <Suggestions taken={data.rows.map(row => row.code)} />
          </div>
        )}
      </Async>
    </Page>
  )
}
