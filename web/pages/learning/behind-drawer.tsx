import { useState } from 'react'
import { Link } from 'react-router'
import type { CustomersBehind, JudgedSegment, SegmentEvidence } from '../../api/learning.ts'
import { useGet } from '../../api/queries.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, type Column, DataTable, Drawer, Pager } from '../../kit/index.ts'

const LIMIT = 50

interface BehindProps {
  behind: { segment: JudgedSegment; evidence: SegmentEvidence } | null
  currency: string
  onClose: () => void
}

/** The customers behind one figure, those furthest from what was said first. */
export function BehindDrawer({ behind, currency, onClose }: BehindProps) {
  const { t, say } = useText()
  return (
    <Drawer
      open={behind !== null}
      onClose={onClose}
      size="large"
      title={
        behind
          ? t('learned.customers-of', {
              segment: say(behind.segment.name),
              kind: t(`learned.kind-${behind.evidence.kind}`),
            })
          : ''
      }
    >
      {behind ? (
        <Behind
          key={`${behind.segment.segment}${behind.evidence.kind}`}
          segment={behind.segment.segment}
          evidence={behind.evidence}
          currency={currency}
        />
      ) : null}
    </Drawer>
  )
}

function Behind({ segment, evidence, currency }: { segment: string; evidence: SegmentEvidence; currency: string }) {
  const { t, say, percent, money } = useText()
  const [offset, setOffset] = useState(0)
  const { kind, asOf } = evidence
  const rows = useGet<CustomersBehind>('/customer-model/customers', {
    query: { segment, kind, asOf, offset, limit: LIMIT },
    keep: true,
  })
  const columns: Column<CustomersBehind['rows'][number]>[] = [
    {
      id: 'name',
      title: t('learned.customers'),
      cell: row => <Link to={`/customers/${row.customerId}`}>{row.name || row.customerId}</Link>,
    },
    {
      id: 'said',
      title: t('learned.said-of'),
      right: true,
      cell: row => (kind === 'value' ? money(row.expected, currency) : percent(row.expected, 1)),
    },
    {
      id: 'came',
      title: t('learned.came-of'),
      right: true,
      cell: row =>
        kind === 'value' ? money(row.observed, currency) : row.observed > 0 ? t('learned.yes') : t('learned.no'),
    },
  ]
  return (
    <div className="stack">
      <p className="muted">{say(evidence.words)}</p>
      <Async query={rows} lines={8}>
        {data => (
          <>
            <DataTable columns={columns} rows={data.rows} rowId={row => `${row.customerId}/${row.expected}`} />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
    </div>
  )
}
