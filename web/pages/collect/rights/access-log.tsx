import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import type { AccessLog } from '../../../api/rights.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  type Column,
  DataTable,
  Input,
  Pager,
  Panel,
  Select,
  useLater,
  useUrlState,
} from '../../../kit/index.ts'

type Row = AccessLog['rows'][number]
const LIMIT = 50
const actions = [
  'customer.unmask',
  'customer.answer',
  'consent.record',
  'rights.export',
  'rights.erase',
  'rights.hold',
  'suppression.add',
  'portal.refused',
  'kiosk.refused',
] as const

/** Every value that was shown in plain, with who looked and why; and what was changed or asked. */
export function AccessLogView() {
  const { t, term, instant } = useText()
  const [words, setWords] = useUrlState('q')
  const [action, setAction] = useUrlState('action', 'customer.unmask')
  const [offset, setOffset] = useState(0)
  const q = useLater(words, 250)
  const log = useGet<AccessLog>('/rights/access', {
    query: { q, action: action === 'all' ? '' : action, offset, limit: LIMIT },
    keep: true,
  })
  const columns: Column<Row>[] = [
    { id: 'at', title: t('rights.when'), cell: row => instant(row.at), by: row => row.at },
    {
      id: 'user',
      title: t('rights.who'),
      cell: row => <span className="strong">{row.user}</span>,
      by: row => row.user,
    },
    { id: 'action', title: t('rights.what'), cell: row => term('action-log', row.action) },
    {
      id: 'object',
      title: t('rights.of-whom'),
      cell: row =>
        row.object.startsWith('customer/') ? (
          <Link to={`/customers/${row.object.slice(9)}`}>{t('customer.number', { id: row.object.slice(9) })}</Link>
        ) : (
          row.object
        ),
    },
    { id: 'field', title: t('rights.field'), cell: row => (row.field ? term('field', row.field) : '') },
    { id: 'reason', title: t('rights.reason'), cell: row => <span className="break">{row.reason}</span> },
  ]
  return (
    <Panel
      title={t('rights.access')}
      note={t('rights.access-note')}
      flush
      extra={
        <span className="row no-print" style={{ flexWrap: 'wrap' }}>
          <Input
            allowClear
            value={words}
            style={{ width: 220 }}
            placeholder={t('rights.access-search')}
            aria-label={t('rights.access-search')}
            onChange={event => {
              setOffset(0)
              setWords(event.target.value)
            }}
          />
          <Select
            value={action}
            style={{ width: 180 }}
            aria-label={t('rights.what')}
            options={[
              { value: 'all', label: t('rights.all') },
              ...actions.map(value => ({ value, label: term('action-log', value) })),
            ]}
            onChange={value => {
              setOffset(0)
              setAction(value)
            }}
          />
        </span>
      }
    >
      <Async query={log} lines={8}>
        {({ rows, total }) => (
          <>
            <DataTable
              columns={columns}
              rows={rows}
              rowId={row => row.id}
              empty={<Blank title={t('rights.access-none')} />}
            />
            <Pager offset={offset} limit={LIMIT} total={total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Panel>
  )
}
