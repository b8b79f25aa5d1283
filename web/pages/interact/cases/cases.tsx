import { PlusOutlined, SettingOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Chip,
  type Column,
  DataTable,
  Figures,
  ListFilter,
  Page,
  Pager,
  Panel,
  useListFilter,
  useUrlState,
} from '../../../kit/index.ts'
import { CaseSettingsDrawer } from './case-settings.tsx'
import { CaseClock } from './clock.tsx'
import { OpenCase } from './open-case.tsx'
import type { CaseList, CaseRow } from './types.ts'

const LIMIT = 50
const STATES = ['unresolved', 'open', 'waiting', 'resolved', 'all'] as const
const KINDS = ['complaint', 'request', 'dispute'] as const

/** What customers brought to us and is not settled, the most urgent first. */
export default function CasesPage() {
  const { t, say, number, instant } = useText()
  const may = useMay()
  const go = useNavigate()
  const filter = useListFilter({ state: 'unresolved', kind: '', owner: '', late: '', q: '' }, LIMIT)
  const [open, setOpen] = useUrlState('open')
  const [settings, setSettings] = useState(false)
  const list = useGet<CaseList>('/cases', { query: filter.query, keep: true, every: () => 30_000 })
  const columns: Column<CaseRow>[] = [
    {
      id: 'case',
      title: t('cs.case'),
      cell: row => (
        <Link to={`/cases/${row.caseId}`}>
          <span className="strong">{row.title}</span> <span className="soft">#{row.caseId}</span>
        </Link>
      ),
    },
    {
      id: 'kind',
      title: t('cs.kind'),
      cell: row => <span className="nowrap">{`${t(`cs.kind.${row.kind}`)} · ${say(row.categoryName)}`}</span>,
    },
    {
      id: 'customer',
      title: t('cs.customer'),
      cell: row =>
        row.customerId === 0 ? (
          <span className="soft">{t('cs.erased')}</span>
        ) : (
          <Link to={`/customers/${row.customerId}`}>{row.customerName || row.customerId}</Link>
        ),
    },
    {
      id: 'owner',
      title: t('cs.owner'),
      cell: row => row.ownerName || <span className="soft nowrap">{t('cs.nobody')}</span>,
    },
    {
      id: 'state',
      title: t('cs.state'),
      cell: row => (
        <span className="row">
          <Chip tone={row.state === 'resolved' ? 'good' : 'plain'}>{t(`cs.state.${row.state}`)}</Chip>
          <CaseClock row={row} />
        </span>
      ),
    },
    { id: 'opened', title: t('cs.opened'), right: true, cell: row => instant(row.openedAt) },
  ]
  return (
    <Page
      title={t('cs.title')}
      lead={t('cs.lead')}
      actions={
        <>
          {may('cases.manage') ? (
            <Button icon={<SettingOutlined />} onClick={() => setSettings(true)}>
              {t('cs.settings')}
            </Button>
          ) : null}
          {may('cases.work') ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
              {t('cs.open')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="stack">
        {list.data ? (
          <Figures
            items={[
              { id: 'open', label: t('cs.state.open'), value: number(list.data.counts.open) },
              {
                id: 'late',
                label: t('cs.late'),
                value: number(list.data.counts.late),
                tone: list.data.counts.late > 0 ? 'bad' : undefined,
              },
              { id: 'waiting', label: t('cs.state.waiting'), value: number(list.data.counts.waiting) },
              { id: 'mine', label: t('cs.mine'), value: number(list.data.counts.mine) },
              {
                id: 'nobody',
                label: t('cs.nobody'),
                value: number(list.data.counts.nobody),
                tone: list.data.counts.nobody > 0 ? 'warn' : undefined,
              },
            ]}
          />
        ) : null}
        <Panel flush>
          <ListFilter
            inset
            state={{
              label: t('cs.state'),
              value: filter.values.state,
              onChange: value => filter.set('state', value),
              options: STATES.map(value => ({ value, label: t(`cs.state.${value}`) })),
            }}
            choices={[
              {
                label: t('cs.kind'),
                value: filter.values.kind,
                onChange: value => filter.set('kind', value),
                options: KINDS.map(value => ({ value, label: t(`cs.kind.${value}`) })),
              },
              {
                label: t('cs.owner'),
                value: filter.values.owner,
                onChange: value => filter.set('owner', value),
                options: [
                  { value: 'me', label: t('cs.mine') },
                  { value: 'none', label: t('cs.nobody') },
                ],
              },
            ]}
            search={{ label: t('cs.search'), value: filter.values.q, onChange: value => filter.set('q', value) }}
          >
            <Button
              type={filter.values.late ? 'primary' : 'default'}
              aria-pressed={filter.values.late !== ''}
              onClick={() => filter.set('late', filter.values.late ? '' : 'true')}
            >
              {t('cs.late')}
            </Button>
          </ListFilter>
          <Async query={list} lines={8}>
            {({ rows, total }) => (
              <>
                <DataTable
                  caption={t('cs.title')}
                  rows={rows}
                  columns={columns}
                  rowId={row => row.caseId}
                  empty={<Blank title={t('cs.none')}>{t('cs.none-hint')}</Blank>}
                />
                <Pager offset={filter.offset} limit={LIMIT} total={total} onMove={filter.move} />
              </>
            )}
          </Async>
        </Panel>
      </div>
      {open === 'new' ? <OpenCase onClose={id => (id ? go(`/cases/${id}`) : setOpen(''))} /> : null}
      {settings ? <CaseSettingsDrawer onClose={() => setSettings(false)} /> : null}
    </Page>
  )
}
