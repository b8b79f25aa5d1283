import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useGet } from '../../../../api/queries.ts'
import type { CellMembers, MatrixCell } from '../../../../api/segments.ts'
import type { SegmentList } from '../../../../api/types.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Async, Blank, type Column, DataTable, Pager, Panel } from '../../../../kit/index.ts'

const LIMIT = 50

/** The customers of a cell, those with most to lose first. */
export function CellPeople({ cell, currency }: { cell: MatrixCell; currency: string }) {
  const { t, say, number, percent, money } = useText()
  const navigate = useNavigate()
  const [offset, setOffset] = useState(0)
  const segments = useGet<SegmentList>('/segments')
  const people = useGet<CellMembers>(`/segments/matrix/${cell.value}/${cell.churn}/customers`, {
    query: { offset, limit: LIMIT },
    keep: true,
  })
  const nameOf = (code: string) => {
    const segment = segments.data?.rows.find(row => row.id === code)
    return segment ? say(segment.name) : code
  }
  const columns: Column<CellMembers['rows'][number]>[] = [
    {
      id: 'name',
      title: t('customers.name'),
      cell: row => <Link to={`/customers/${row.customerId}`}>{row.name || t('customer.nameless')}</Link>,
    },
    { id: 'segment', title: t('segments.segment'), cell: row => nameOf(row.segment) },
    { id: 'value', title: t('insight.value'), right: true, cell: row => money(row.valueMinor, currency) },
    { id: 'churn', title: t('insight.churn'), right: true, cell: row => percent(row.churn, 0) },
    { id: 'risk', title: t('matrix.at-risk'), right: true, cell: row => money(row.valueMinor * row.churn, currency) },
  ]
  return (
    <Panel flush title={t('matrix.customers-of')} note={people.data ? number(people.data.total) : null}>
      <Async query={people} lines={8}>
        {data => (
          <>
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={row => row.customerId}
              onOpen={row => void navigate(`/customers/${row.customerId}`)}
              empty={<Blank title={t('matrix.empty-cell')} />}
            />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Panel>
  )
}
