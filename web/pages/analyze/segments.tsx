import { useNavigate } from 'react-router'
import { useGet } from '../../api/queries.ts'
import type { SegmentList, SegmentRow } from '../../api/types.ts'
import { useCurrency } from '../../api/use-currency.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, type Column, DataTable, Meter, Page, Panel } from '../../kit/index.ts'
import { Movement } from './movement.tsx'
import { SegmentProof } from './segment-proof.tsx'

export default function SegmentsPage() {
  const { t, number, day } = useText()
  const segments = useGet<SegmentList>('/segments')
  const navigate = useNavigate()
  return (
    <Page
      title={t('segments.title')}
      lead={
        segments.data
          ? t('segments.lead', { customers: number(segments.data.customers), day: day(segments.data.asOf) })
          : t('segments.lead-plain')
      }
      actions={
        <>
          <Button onClick={() => void navigate('/segments/matrix')}>{t('seg.open-matrix')}</Button>
          <Button type="primary" onClick={() => void navigate('/segments/rules')}>
            {t('seg.open-rules')}
          </Button>
        </>
      }
    >
      <Async query={segments} lines={10}>
        {data => (
          <div className="stack">
            <SegmentProof proof={data.proof} />
            <Panel flush>
              <SegmentTable list={data} />
            </Panel>
          </div>
        )}
      </Async>
    </Page>
  )
}

function SegmentTable({ list }: { list: SegmentList }) {
  const { t, say, number, percent, money } = useText()
  const navigate = useNavigate()
  const currency = useCurrency()
  const largest = Math.max(...list.rows.map(row => row.share), 1e-9)
  const columns: Column<SegmentRow>[] = [
    {
      id: 'name',
      title: t('segments.segment'),
      foot: t('segments.together'),
      by: row => say(row.name),
      cell: row => (
        <>
          <div className="strong">{say(row.name)}</div>
          <div className="small muted wrap">{say(row.strategy)}</div>
          {row.flags.map(flag => (
            <Chip key={flag.en} tone="warn">
              <span className="flag">{say(flag)}</span>
            </Chip>
          ))}
        </>
      ),
    },
    { id: 'rule', title: t('segments.rule'), cell: row => <span className="soft rule">{say(row.rule)}</span> },
    {
      id: 'customers',
      title: t('segments.customers'),
      foot: number(list.rows.reduce((sum, row) => sum + row.customers, 0)),
      right: true,
      by: row => row.customers,
      cell: row => (
        <>
          <div className="strong">{number(row.customers)}</div>
          <Movement now={row.customers} before={row.previous} />
        </>
      ),
    },
    {
      id: 'share',
      title: t('segments.share'),
      foot: percent(list.rows.reduce((sum, row) => sum + row.share, 0)),
      right: true,
      by: row => row.share,
      cell: row => (
        <span className="row end nowrap-row">
          {percent(row.share)}
          <Meter share={row.share / largest} width={48} label={percent(row.share)} />
        </span>
      ),
    },
    {
      id: 'value',
      title: t('segments.value'),
      right: true,
      by: row => row.valueMinor,
      cell: row => money(row.valueMinor, currency),
    },
    {
      id: 'revenue',
      title: t('segments.revenue'),
      right: true,
      by: row => row.revenueMinor,
      cell: row => money(row.revenueMinor, currency),
    },
    { id: 'churn', title: t('segments.churn'), right: true, by: row => row.churn, cell: row => percent(row.churn, 0) },
  ]
  return (
    <DataTable
      columns={columns}
      rows={list.rows}
      rowId={row => row.id}
      onOpen={row => void navigate(`/segments/${row.id}`)}
      empty={<Blank title={t('segments.none')} />}
    />
  )
}
