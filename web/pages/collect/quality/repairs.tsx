import { useGet } from '../../../api/queries.ts'
import type { RepairList, RepairRow } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Chip,
  type Column,
  DataTable,
  ListFilter,
  Pager,
  Panel,
  useListFilter,
  useUrlState,
} from '../../../kit/index.ts'
import { RepairDrawer } from './repair-drawer.tsx'
import { repairTone } from './repair-tone.ts'

const LIMIT = 50

/** What was changed, by whom, what waits for approval, and how to take it back. */
export function Repairs() {
  const { t, term, number, instant } = useText()
  const filter = useListFilter({ state: 'all' }, LIMIT)
  const [open, setOpen] = useUrlState('repair')
  const repairs = useGet<RepairList>('/repairs', {
    query: { ...filter.query, state: filter.values.state === 'all' ? '' : filter.values.state },
    keep: true,
  })
  const columns: Column<RepairRow>[] = [
    { id: 'fix', title: t('repair.how'), cell: row => <span className="strong">{term('fix', row.kind)}</span> },
    { id: 'field', title: t('repair.field'), cell: row => term('field', row.field) },
    {
      id: 'source',
      title: t('quality.source'),
      cell: row => <span className="soft">{row.source ? term('source', row.source) : t('rules.all-sources')}</span>,
    },
    { id: 'rows', title: t('repair.rows'), right: true, cell: row => number(row.rows), by: row => row.rows },
    {
      id: 'by',
      title: t('repair.by'),
      cell: row => <span className="soft">{t('rules.by', { who: row.proposedBy, at: instant(row.proposedAt) })}</span>,
      by: row => row.proposedAt,
    },
    {
      id: 'state',
      title: t('campaign.state'),
      right: true,
      cell: row => <Chip tone={repairTone[row.state] ?? 'plain'}>{term('repair-state', row.state)}</Chip>,
      by: row => row.state,
    },
  ]
  return (
    <div className="stack">
      <ListFilter
        state={{
          label: t('campaign.state'),
          value: filter.values.state,
          onChange: value => filter.set('state', value),
          options: ['all', 'proposed', 'applied', 'undone', 'rejected'].map(value => ({
            value,
            label: term('repair-state', value),
          })),
        }}
      />
      <Panel title={t('quality.repairs')} note={t('repair.list-note')} flush>
        <Async query={repairs} lines={6}>
          {data => (
            <>
              <DataTable
                columns={columns}
                rows={data.rows}
                rowId={row => row.repairId}
                onOpen={row => setOpen(String(row.repairId))}
                empty={<Blank title={t('repair.none')}>{t('repair.none-hint')}</Blank>}
              />
              <Pager offset={filter.offset} limit={LIMIT} total={data.total} onMove={filter.move} />
            </>
          )}
        </Async>
      </Panel>
      {open ? <RepairDrawer key={open} repairId={Number(open)} onClose={() => setOpen('')} /> : null}
    </div>
  )
}
