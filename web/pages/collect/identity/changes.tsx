import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { IdentityActions } from '../../../api/types.ts'
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
  Pager,
  Panel,
  useProblem,
  useToast,
} from '../../../kit/index.ts'

type Row = IdentityActions['rows'][number]
const SHOWN = 50

/** Everything people changed about who is who; each can be undone, and what was undone done again. */
export function Changes({ customerId }: { customerId?: number }) {
  const { t, instant, number } = useText()
  const may = useMay()
  const [offset, setOffset] = useState(0)
  const [asking, setAsking] = useState<Row | null>(null)
  const query = useGet<IdentityActions>('/identity/actions', {
    query: { customer: customerId, offset, limit: SHOWN },
    keep: true,
  })
  const columns: Column<Row>[] = [
    { id: 'id', title: t('identity.number'), cell: row => <span className="mono">#{row.actionId}</span> },
    { id: 'what', title: t('identity.what'), cell: row => <What row={row} /> },
    { id: 'records', title: t('identity.moved'), right: true, cell: row => number(row.records) },
    { id: 'by', title: t('identity.by'), cell: row => row.by },
    { id: 'at', title: t('identity.at'), cell: row => instant(row.at) },
    {
      id: 'state',
      title: t('identity.state'),
      cell: row => (
        <span className="row">
          {row.undone ? (
            <Chip tone="warn">{t('identity.state-undone')}</Chip>
          ) : (
            <Chip tone="good">{t('identity.stands')}</Chip>
          )}
          {may('identity.review') ? (
            <Button size="small" onClick={() => setAsking(row)}>
              {t(row.undone ? 'identity.redo' : 'identity.undo')}
            </Button>
          ) : null}
        </span>
      ),
    },
  ]
  return (
    <Panel title={t('identity.changes')} note={t('identity.changes-note')} flush>
      <Async query={query} lines={6}>
        {({ rows, total }) => (
          <>
            <DataTable
              columns={columns}
              rows={rows}
              rowId={row => row.actionId}
              empty={<Blank title={t('identity.changes-none')}>{t('identity.changes-none-hint')}</Blank>}
            />
            <Pager offset={offset} limit={SHOWN} total={total} onMove={setOffset} />
          </>
        )}
      </Async>
      {asking ? <Ask row={asking} onClose={() => setAsking(null)} /> : null}
    </Panel>
  )
}

function What({ row }: { row: Row }) {
  const { t } = useText()
  const kind = row.kind === 'review' ? `review-${row.verdict}` : row.kind
  return (
    <span className="stack tight">
      <span>
        {t(`identity.action.${kind as 'merge'}`)} <Link to={`/customers/${row.customerId}`}>{row.customerId}</Link>
        {row.otherId && row.otherId !== row.customerId ? (
          <>
            {' · '}
            <Link to={`/customers/${row.otherId}`}>{row.otherId}</Link>
          </>
        ) : null}
        {row.againOf ? <span className="small muted"> {t('identity.again-of', { action: row.againOf })}</span> : null}
      </span>
      {row.note ? <span className="small soft break">{row.note}</span> : null}
    </span>
  )
}

function Ask({ row, onClose }: { row: Row; onClose: () => void }) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const verb = row.undone ? 'redo' : 'undo'
  const act = useMutation({
    mutationFn: () => send<unknown>('POST', `/identity/actions/${row.actionId}/${verb}`, {}),
    onSuccess: async () => {
      onClose()
      toast.done(t(row.undone ? 'identity.redone' : 'identity.undone', { action: row.actionId }))
      await client.invalidateQueries()
    },
  })
  return (
    <Modal
      open
      title={t(row.undone ? 'identity.redo-title' : 'identity.undo-title', { action: row.actionId })}
      okText={t(row.undone ? 'identity.redo' : 'identity.undo')}
      okButtonProps={{ loading: act.isPending }}
      onOk={() => act.mutate()}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t(row.undone ? 'identity.redo-ask' : 'identity.undo-ask', { count: row.records })}</p>
        {act.error ? <Callout tone="bad">{problem(act.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
