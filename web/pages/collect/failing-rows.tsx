import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../api/queries.ts'
import type { FailingRows, QualityRow } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, type Column, DataTable, Drawer, Pager } from '../../kit/index.ts'

const LIMIT = 50

/** The rows a rule found wrong, each with a way to its customer. */
export function FailingRowsDrawer({ rule, onClose }: { rule: QualityRow; onClose: () => void }) {
  const { t, term, say, number } = useText()
  const [offset, setOffset] = useState(0)
  const failing = useGet<FailingRows>('/quality/rows', {
    query: { source: rule.source, field: rule.field, rule: rule.rule, offset, limit: LIMIT },
    keep: true,
  })
  const columns: Column<FailingRows['rows'][number]>[] = [
    { id: 'row', title: t('quality.row'), cell: row => <span className="mono">{row.rowKey}</span> },
    {
      id: 'value',
      title: t('quality.value'),
      cell: row =>
        row.value ? <span className="break">{row.value}</span> : <span className="muted">{t('quality.empty')}</span>,
    },
    {
      id: 'customer',
      title: t('quality.customer'),
      right: true,
      cell: row =>
        row.customerId === null ? (
          <span className="muted">–</span>
        ) : (
          <Link to={`/customers/${row.customerId}`}>{row.customerId}</Link>
        ),
    },
  ]
  return (
    <Drawer
      open
      onClose={onClose}
      size={560}
      title={`${term('source', rule.source)} · ${term('field', rule.field)}`}
      styles={{ body: { padding: '12px 4px' } }}
    >
      <p className="soft drawer-lead">
        {say(rule.message)} · {t('quality.failed-of', { failed: number(rule.failed), checked: number(rule.checked) })}
      </p>
      <Async query={failing} lines={8}>
        {data => (
          <>
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={row => `${row.source} ${row.rowKey}`}
              empty={<Blank title={t('quality.no-failing')} />}
              wide
            />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Drawer>
  )
}
