import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { ProductView, ProposedCustomers } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Chip, type Column, DataTable, Pager, Panel, Segmented } from '../../../kit/index.ts'

type Row = ProposedCustomers['rows'][number]
const LIMIT = 20

/** To whom the product is proposed and why. */
export function ProposedTo({ code, counts }: { code: string; counts: ProductView['proposedTo'] }) {
  const { t, say, term, number } = useText()
  const navigate = useNavigate()
  const [kind, setKind] = useState('')
  const [offset, setOffset] = useState(0)
  const customers = useGet<ProposedCustomers>(`/products/${encodeURIComponent(code)}/customers`, {
    query: { kind, offset, limit: LIMIT },
    keep: true,
  })
  const columns: Column<Row>[] = [
    {
      id: 'name',
      title: t('customers.name'),
      cell: row => <Link to={`/customers/${row.customerId}`}>{row.name || t('customer.nameless')}</Link>,
    },
    { id: 'kind', title: t('products.why'), cell: row => <Chip>{term('next-kind', row.kind)}</Chip> },
    {
      id: 'because',
      title: t('products.because'),
      cell: row => <span className="small muted wrap">{row.because.map(item => say(item.name)).join(' · ')}</span>,
    },
    { id: 'score', title: t('products.score'), right: true, cell: row => number(row.score, 2) },
  ]
  const kinds = (['repeat', 'explore', 'need'] as const).filter(each => counts[each] > 0)
  return (
    <Panel
      flush
      title={t('products.proposed-to')}
      note={t('products.proposed-note', { count: number(counts.repeat + counts.explore + counts.need) })}
      extra={
        kinds.length > 1 ? (
          <Segmented
            value={kind}
            onChange={next => {
              setKind(next)
              setOffset(0)
            }}
            options={['', ...kinds].map(value => ({
              value,
              label: value === '' ? t('products.all') : term('next-kind', value),
            }))}
          />
        ) : null
      }
    >
      <Async query={customers} lines={5}>
        {data => (
          <>
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={row => `${row.customerId}/${row.kind}`}
              onOpen={row => void navigate(`/customers/${row.customerId}`)}
              empty={<Blank title={t('products.nobody')} />}
            />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Panel>
  )
}
