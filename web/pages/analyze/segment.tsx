import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useGet } from '../../api/queries.ts'
import type { SegmentList, SegmentMemberList, SegmentRow } from '../../api/types.ts'
import { useCurrency } from '../../api/use-currency.ts'
import { useText } from '../../i18n/use-text.ts'
import {
  Async,
  Blank,
  type Column,
  DataTable,
  Figures,
  Meter,
  Page,
  Pager,
  Panel,
  Tabs,
  useUrlState,
} from '../../kit/index.ts'
import { Movement } from './movement.tsx'
import { Manager } from './segments/manager/manager.tsx'

const LIMIT = 50

export default function SegmentPage() {
  const { t } = useText()
  const { id = '' } = useParams()
  const segments = useGet<SegmentList>('/segments')
  const segment = segments.data?.rows.find(row => row.id === id)
  if (segment && segments.data) return <SegmentView key={segment.id} segment={segment} all={segments.data.rows} />
  return (
    <Page title={t('segments.segment')} crumb={<Link to="/segments">{t('segments.title')}</Link>}>
      <Async query={segments}>{() => <Blank title={t('segments.unknown', { id })} />}</Async>
    </Page>
  )
}

function SegmentView({ segment, all }: { segment: SegmentRow; all: readonly SegmentRow[] }) {
  const { t, say, number, percent, money } = useText()
  const currency = useCurrency()
  const [tab, setTab] = useUrlState('tab', 'members')
  const nameOf = (code: string) => {
    const named = all.find(row => row.id === code)
    return named ? say(named.name) : code
  }
  return (
    <Page
      title={say(segment.name)}
      lead={say(segment.strategy)}
      crumb={<Link to="/segments">{t('segments.title')}</Link>}
    >
      <div className="stack">
        <Figures
          items={[
            {
              id: 'customers',
              label: t('segments.customers'),
              value: number(segment.customers),
              note: <Movement now={segment.customers} before={segment.previous} />,
            },
            { id: 'share', label: t('segments.share'), value: percent(segment.share) },
            {
              id: 'value',
              label: t('segments.value'),
              value: money(segment.valueMinor, currency),
              note: t('segments.mean'),
            },
            {
              id: 'revenue',
              label: t('segments.revenue'),
              value: money(segment.revenueMinor, currency),
              note: t('segments.mean'),
            },
            { id: 'churn', label: t('segments.churn'), value: percent(segment.churn, 0), note: t('segments.mean') },
          ]}
        />
        <Panel title={t('segments.rule')}>
          <p className="rule">{say(segment.rule)}</p>
        </Panel>
        <div className="tabs-line">
          <Tabs
            activeKey={tab}
            onChange={setTab}
            items={[
              {
                key: 'members',
                label: t('seg.members'),
                children: <Members id={segment.id} currency={currency} />,
              },
              { key: 'manager', label: t('seg.manager'), children: <Manager id={segment.id} nameOf={nameOf} /> },
            ]}
          />
        </div>
      </div>
    </Page>
  )
}

function Members({ id, currency }: { id: string; currency: string }) {
  const { t, number, percent, money, day } = useText()
  const navigate = useNavigate()
  const [offset, setOffset] = useState(0)
  const members = useGet<SegmentMemberList>(`/segments/${id}/members`, { query: { offset, limit: LIMIT }, keep: true })
  const columns: Column<SegmentMemberList['rows'][number]>[] = [
    {
      id: 'name',
      title: t('customers.name'),
      cell: row => <Link to={`/customers/${row.customerId}`}>{row.name || t('customer.nameless')}</Link>,
    },
    { id: 'value', title: t('insight.value'), right: true, cell: row => money(row.valueMinor, currency) },
    {
      id: 'churn',
      title: t('insight.churn'),
      right: true,
      cell: row => (
        <span className="row end nowrap-row">
          {percent(row.churn, 0)}
          <Meter
            share={row.churn}
            width={48}
            tone={row.churn >= 0.66 ? 'bad' : row.churn >= 0.4 ? 'warn' : 'good'}
            label={percent(row.churn, 0)}
          />
        </span>
      ),
    },
    {
      id: 'last',
      title: t('segments.last-purchase'),
      right: true,
      cell: row => (row.lastPurchase ? day(row.lastPurchase) : <span className="muted">–</span>),
    },
  ]
  return (
    <Panel title={t('segments.members')} note={members.data ? number(members.data.total) : null} flush>
      <Async query={members} lines={8}>
        {data => (
          <>
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={row => row.customerId}
              onOpen={row => void navigate(`/customers/${row.customerId}`)}
              empty={<Blank title={t('segments.empty')} />}
            />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Panel>
  )
}
