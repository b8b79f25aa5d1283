import { useState } from 'react'
import type { ArchiveHold } from '../../../api/ledger.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Chip,
  type Column,
  DataTable,
  Modal,
  Panel,
  useProblem,
} from '../../../kit/index.ts'
import { HoldDialog } from './hold-dialog.tsx'

export function HoldList() {
  const { t, day, instant } = useText()
  const may = useMay()
  const problem = useProblem()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<ArchiveHold | null>(null)
  const holds = useGet<{ rows: ArchiveHold[] }>('/archive/holds', { query: { all: true } })
  const end = useChangeOf<null>(['/archive', '/rights'], () => setEnding(null))
  const columns: Column<ArchiveHold>[] = [
    {
      id: 'case',
      title: t('archive.case'),
      cell: row => (
        <div>
          <span className="strong">{row.caseName || t('archive.holds')}</span>
          <div className="soft break">{row.reason}</div>
        </div>
      ),
    },
    {
      id: 'covers',
      title: t('archive.covers'),
      cell: row => (
        <span className="small">
          {row.customers.length > 0 ? t('archive.covers-customers', { count: row.customers.length }) : null}
          {row.customers.length > 0 && row.communications.length > 0 ? ', ' : null}
          {row.communications.length > 0
            ? t('archive.covers-communications', { count: row.communications.length })
            : null}
        </span>
      ),
    },
    {
      id: 'until',
      title: t('archive.until'),
      cell: row => (row.until ? day(row.until) : t('archive.no-end')),
      by: row => row.until ?? '',
    },
    {
      id: 'by',
      title: t('archive.placed'),
      cell: row => <span className="small">{`${row.placedBy} · ${instant(row.placedAt)}`}</span>,
      by: row => row.placedAt,
    },
    {
      id: 'do',
      title: <span className="sr-only">{t('archive.release')}</span>,
      cell: row =>
        row.releasedAt ? (
          <Chip>{t('archive.released', { day: day(row.releasedAt) })}</Chip>
        ) : may('archive.manage') ? (
          <Button size="small" onClick={() => setEnding(row)}>
            {t('archive.release')}
          </Button>
        ) : null,
    },
  ]
  return (
    <Panel
      title={t('archive.holds')}
      note={t('archive.holds-note')}
      flush
      extra={may('archive.manage') ? <Button onClick={() => setAdding(true)}>{t('archive.hold-add')}</Button> : null}
    >
      <Async query={holds} lines={3}>
        {({ rows }) => (
          <DataTable
            columns={columns}
            rows={rows}
            rowId={row => row.id}
            caption={t('archive.holds')}
            empty={<Blank title={t('archive.holds-none')} />}
          />
        )}
      </Async>
      {adding ? <HoldDialog communications={[]} onClose={() => setAdding(false)} /> : null}
      <Modal
        open={ending !== null}
        title={t('archive.release')}
        okText={t('archive.release')}
        cancelText={t('action.close')}
        okButtonProps={{ danger: true, loading: end.isPending }}
        onCancel={() => setEnding(null)}
        onOk={() => ending && end.mutate({ method: 'DELETE', path: `/archive/holds/${ending.id}` })}
      >
        <p>{t('archive.release-sure')}</p>
        {end.isError ? <Callout tone="bad">{problem(end.error)}</Callout> : null}
      </Modal>
    </Panel>
  )
}
