import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Recipients } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, type Column, DataTable, Pager, Panel } from '../../../kit/index.ts'
import { SaveButton } from '../products/save-button.tsx'

type Row = Recipients['rows'][number]
const LIMIT = 50

export function RecipientTable({ code }: { code: string }) {
  const { t, say, number } = useText()
  const navigate = useNavigate()
  const [offset, setOffset] = useState(0)
  const list = useGet<Recipients>(`/catalogues/${code}/recipients`, { query: { offset, limit: LIMIT }, keep: true })
  const columns: Column<Row>[] = [
    {
      id: 'name',
      title: t('customers.name'),
      cell: row => <Link to={`/customers/${row.customerId}`}>{row.name || t('customer.nameless')}</Link>,
    },
    { id: 'taste', title: t('catalogues.taste'), right: true, cell: row => `${number(row.taste, 1)}×` },
    {
      id: 'because',
      title: t('products.because'),
      cell: row => (
        <span className="small muted wrap">{row.because.map(product => say(product.name)).join(' · ')}</span>
      ),
    },
  ]
  return (
    <Panel
      flush
      title={t('catalogues.recipients')}
      note={list.data ? t('catalogues.recipients-note', { total: number(list.data.total) }) : null}
      extra={<SaveButton path={`/catalogues/${code}/recipients/export`} disabled={!list.data?.total} />}
    >
      <Async query={list} lines={8}>
        {data => (
          <>
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={row => row.customerId}
              onOpen={row => void navigate(`/customers/${row.customerId}`)}
              empty={<Blank title={t('catalogues.nobody')}>{t('catalogues.nobody-hint')}</Blank>}
            />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Panel>
  )
}
