import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Chip,
  type Column,
  DataTable,
  Drawer,
  Pager,
  Panel,
  toneOf,
  useToast,
} from '../../../kit/index.ts'
import type { DeadLetterList, Delivery, DeliveryList, Target } from './types.ts'
import { useChange } from './use-change.ts'

const LIMIT = 20

export function TargetHistory({ target, onClose }: { target: Target; onClose: () => void }) {
  const { t } = useText()
  return (
    <Drawer open size="large" title={`${target.definition.name} · ${t('gb.history')}`} onClose={onClose}>
      <div className="stack">
        <Deliveries id={target.targetId} />
        <DeadLetters id={target.targetId} />
      </div>
    </Drawer>
  )
}

function Deliveries({ id }: { id: number }) {
  const { t, instant, number } = useText()
  const [offset, setOffset] = useState(0)
  const list = useGet<DeliveryList>(`/targets/${id}/deliveries`, {
    query: { offset, limit: LIMIT },
    keep: true,
    every: data => (data?.rows[0]?.state === 'running' ? 1500 : 15_000),
  })
  const columns: Column<Delivery>[] = [
    { id: 'at', title: t('gb.started-at'), cell: row => instant(row.startedAt) },
    { id: 'by', title: t('gb.started-by'), cell: row => <span className="soft">{row.startedBy}</span> },
    {
      id: 'state',
      title: t('gb.state'),
      cell: row => (
        <Chip tone={row.state === 'waiting' ? 'warn' : toneOf(row.state)}>{t(`gb.state.${row.state}`)}</Chip>
      ),
    },
    { id: 'up', title: t('gb.upserts'), right: true, cell: row => number(row.upserts) },
    { id: 'gone', title: t('gb.deletes'), right: true, cell: row => number(row.deletes) },
    { id: 'tries', title: t('gb.tries'), right: true, cell: row => number(row.tries) },
    {
      id: 'said',
      title: t('gb.error'),
      cell: row => <span className="soft break">{row.error ?? row.file ?? ''}</span>,
    },
  ]
  return (
    <Async query={list}>
      {({ rows, total }) => (
        <>
          <DataTable
            columns={columns}
            rows={rows}
            rowId={row => row.deliveryId}
            empty={<Blank title={t('gb.history-none')} />}
          />
          <Pager offset={offset} limit={LIMIT} total={total} onMove={setOffset} />
        </>
      )}
    </Async>
  )
}

function DeadLetters({ id }: { id: number }) {
  const { t } = useText()
  const toast = useToast()
  const [offset, setOffset] = useState(0)
  const path = `/targets/${id}/dead-letters`
  const list = useGet<DeadLetterList>(path, { query: { offset, limit: LIMIT }, keep: true })
  const again = useChange<{ sent: number }>(({ sent }) => toast.done(t('gb.dead', { count: sent })))
  const total = list.data?.total ?? 0
  if (total === 0) return null
  return (
    <Panel
      title={t('gb.dead-letters')}
      note={t('gb.dead', { count: total })}
      flush
      extra={
        <Button
          loading={again.isPending}
          onClick={() => again.mutate({ method: 'POST', path: `${path}/send-again`, body: {} })}
        >
          {t('gb.dead-again')}
        </Button>
      }
    >
      <DataTable
        columns={[
          { id: 'key', title: t('gb.dead-key'), cell: row => <span className="mono">{row.key}</span> },
          { id: 'reason', title: t('gb.dead-reason'), cell: row => <span className="break">{row.reason}</span> },
        ]}
        rows={list.data?.rows ?? []}
        rowId={row => row.seq}
        empty={<Blank title={t('gb.dead-none')} />}
      />
      <Pager offset={offset} limit={LIMIT} total={total} onMove={setOffset} />
    </Panel>
  )
}
