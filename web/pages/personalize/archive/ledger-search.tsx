import { useState } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../../api/session.ts'
import type { Communication } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Blank,
  Button,
  Callout,
  Checkbox,
  Chip,
  type Column,
  DataTable,
  Drawer,
  Failed,
  Panel,
  toneOf,
  useLater,
  Waiting,
} from '../../../kit/index.ts'
import { ChannelIcon } from '../channel-icon.tsx'
import { HoldDialog } from './hold-dialog.tsx'
import { LedgerFilters } from './ledger-filters.tsx'
import { OneCommunication } from './one-communication.tsx'
import { useFilters, useLedger } from './use-ledger.ts'

/** Everything ever composed, newest first. */
export function LedgerSearch() {
  const { t, term, day, number } = useText()
  const may = useMay()
  const [filters, change] = useFilters()
  const ledger = useLedger(useLater(filters, 250))
  const [open, setOpen] = useState<Communication | null>(null)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [holding, setHolding] = useState(false)
  const rows = ledger.data?.pages.flatMap(page => page.rows) ?? []
  const first = ledger.data?.pages[0]
  const toggle = (id: string): void =>
    setChosen(before => (before.includes(id) ? before.filter(one => one !== id) : [...before, id]))
  const manages = may('archive.manage')
  const columns: Column<Communication>[] = [
    ...(manages
      ? [
          {
            id: 'choose',
            title: <span className="sr-only">{t('ledger.choose')}</span>,
            width: 32,
            cell: (row: Communication) => (
              <Checkbox
                checked={chosen.includes(row.communicationId)}
                onClick={event => event.stopPropagation()}
                onChange={() => toggle(row.communicationId)}
                aria-label={t('ledger.choose')}
              />
            ),
          },
        ]
      : []),
    {
      id: 'kind',
      title: t('comm.kind'),
      cell: row => (
        <span className="row tight nowrap-row">
          <ChannelIcon channel={row.channel} /> {term('comm-kind', row.kind)}
        </span>
      ),
    },
    { id: 'subject', title: t('comm.subject'), cell: row => row.subject || <span className="muted">–</span> },
    {
      id: 'customer',
      title: t('quality.customer'),
      cell: row =>
        row.customerId > 0 ? (
          <Link
            to={`/customers/${row.customerId}?tab=communications&c=${row.communicationId}`}
            onClick={event => event.stopPropagation()}
          >
            {row.customerId}
          </Link>
        ) : (
          <span className="muted">–</span>
        ),
    },
    {
      id: 'language',
      title: t('field.language'),
      cell: row => <span className="soft">{term('language', row.language)}</span>,
    },
    {
      id: 'state',
      title: t('campaign.state'),
      cell: row => <Chip tone={toneOf(row.state)}>{term('state', row.gone ?? row.state)}</Chip>,
    },
    { id: 'at', title: t('comm.composed-at'), right: true, cell: row => day(row.composedAt) },
  ]
  return (
    <>
      <LedgerFilters filters={filters} onChange={change} />
      <div className="toolbar">
        {first?.total != null ? (
          <span className="count" aria-live="polite">
            {first.more
              ? t('ledger.more-than', { shown: number(first.total) })
              : t('comm.count', { count: first.total, shown: number(first.total) })}
          </span>
        ) : null}
        <span className="grow" />
        {chosen.length > 0 ? (
          <>
            <span className="count">{t('ledger.chosen', { count: chosen.length })}</span>
            <Button onClick={() => setChosen([])}>{t('ledger.clear')}</Button>
            <Button type="primary" onClick={() => setHolding(true)}>
              {t('ledger.hold')}
            </Button>
          </>
        ) : null}
      </div>
      {first?.indexing ? <Callout>{t('ledger.indexing')}</Callout> : null}
      <Panel flush>
        {ledger.isError ? (
          <Failed error={ledger.error} retry={() => void ledger.refetch()} busy={ledger.isFetching} />
        ) : ledger.isPending ? (
          <Waiting lines={10} />
        ) : (
          <DataTable
            columns={columns}
            rows={rows}
            rowId={row => row.communicationId}
            onOpen={setOpen}
            chosen={open?.communicationId}
            caption={t('comm.title')}
            empty={<Blank title={t('comm.none')}>{t('comm.none-turn')}</Blank>}
          />
        )}
      </Panel>
      {ledger.hasNextPage ? (
        <div className="row end">
          <span className="count">{t('ledger.shown', { count: rows.length, shown: number(rows.length) })}</span>
          <Button loading={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
            {t('ledger.next')}
          </Button>
        </div>
      ) : null}
      {open ? (
        <Drawer open onClose={() => setOpen(null)} size={860} title={term('comm-kind', open.kind)}>
          <OneCommunication key={open.communicationId} communication={open} />
        </Drawer>
      ) : null}
      {holding ? (
        <HoldDialog
          communications={chosen}
          onClose={done => {
            setHolding(false)
            if (done) setChosen([])
          }}
        />
      ) : null}
    </>
  )
}
