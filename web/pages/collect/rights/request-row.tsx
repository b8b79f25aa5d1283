import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { apiPath, send } from '../../../api/client.ts'
import type { RequestRow } from '../../../api/rights.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Chip,
  type Column,
  Modal,
  Progress,
  type Tone,
  Tooltip,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { Certificate } from './certificate.tsx'

const tones: Record<RequestRow['state'], Tone> = {
  requested: 'warn',
  approved: 'accent',
  running: 'accent',
  held: 'warn',
  done: 'good',
  rejected: 'plain',
  failed: 'bad',
}

const DAY_MS = 86_400_000

/** Columns of requests, with what can be done with each. */
export function useRequestColumns(withCustomer: boolean): Column<RequestRow>[] {
  const { t, term, day, instant } = useText()
  const due = (row: RequestRow) => {
    const days = Math.ceil((Date.parse(row.dueAt) - Date.now()) / DAY_MS)
    const open = row.state !== 'done' && row.state !== 'rejected'
    return (
      <span>
        {day(row.dueAt)}{' '}
        {open ? (
          <span className={days < 0 ? 'bad small' : days < 8 ? 'warn small' : 'muted small'}>
            {days < 0 ? t('rights.overdue', { count: -days }) : t('rights.days-left', { count: days })}
          </span>
        ) : null}
      </span>
    )
  }
  const columns: Column<RequestRow>[] = [
    { id: 'due', title: t('rights.due'), cell: due, by: row => row.dueAt },
    { id: 'kind', title: t('rights.kind'), cell: row => <span className="strong">{term('request', row.kind)}</span> },
    {
      id: 'state',
      title: t('rights.state'),
      cell: row => (
        <span className="row" style={{ flexWrap: 'wrap' }}>
          <Tooltip title={row.error || undefined}>
            <span>
              <Chip tone={tones[row.state]}>{term('request-state', row.state)}</Chip>
            </span>
          </Tooltip>
          {row.onHold ? <Chip tone="warn">{t('rights.on-hold')}</Chip> : null}
          {row.state === 'running' && row.totalSteps > 0 ? (
            <Progress
              percent={Math.round((100 * row.doneSteps) / row.totalSteps)}
              size="small"
              style={{ width: 120 }}
            />
          ) : null}
        </span>
      ),
    },
    {
      id: 'asked',
      title: t('rights.asked'),
      cell: row => (
        <span className="small">
          {instant(row.requestedAt)} · {row.requestedBy} · {term('evidence', row.receivedBy)}
        </span>
      ),
    },
    {
      id: 'decided',
      title: t('rights.decided'),
      cell: row => (
        <span className="small">
          {row.decidedBy ? `${row.decidedAt ? instant(row.decidedAt) : ''} · ${row.decidedBy}` : '–'}
        </span>
      ),
    },
    { id: 'do', title: <span className="sr-only">{t('rights.actions')}</span>, cell: row => <Actions row={row} /> },
  ]
  const customer: Column<RequestRow> = {
    id: 'customer',
    title: t('customer.title'),
    cell: row => (
      <Link to={`/customers/${row.customerId}?tab=rights`}>{t('customer.number', { id: row.customerId })}</Link>
    ),
  }
  return withCustomer ? [columns[0]!, customer, ...columns.slice(1)] : columns
}

function Actions({ row }: { row: RequestRow }) {
  const { t } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [certificate, setCertificate] = useState(false)
  const act = useMutation({
    mutationFn: (action: { path: string; body?: unknown }) =>
      send<RequestRow>('POST', `/rights/requests/${row.id}/${action.path}`, action.body ?? {}),
    onSuccess: () => setAsking(false),
    onError: error => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/rights') }),
  })
  if (row.kind === 'export')
    return may('rights.export') ? (
      <Button
        size="small"
        href={apiPath(`/rights/requests/${row.id}/export`)}
        download={`customer-${row.customerId}.zip`}
        onClick={() => setTimeout(() => void client.invalidateQueries({ queryKey: ['/rights/requests'] }), 3000)}
      >
        {t('action.download')}
      </Button>
    ) : null
  const approve = may('rights.approve')
  return (
    <span className="row">
      {row.state === 'requested' && approve ? (
        <Tooltip title={row.mine ? t('rights.not-own') : undefined}>
          <Button size="small" type="primary" disabled={row.mine} onClick={() => setAsking(true)}>
            {t('rights.approve')}
          </Button>
        </Tooltip>
      ) : null}
      {row.state === 'requested' && approve ? (
        <Button
          size="small"
          loading={act.isPending}
          onClick={() => act.mutate({ path: 'decision', body: { approve: false } })}
        >
          {row.mine ? t('rights.cancel') : t('rights.reject')}
        </Button>
      ) : null}
      {(row.state === 'failed' || row.state === 'approved') && approve ? (
        <Button size="small" loading={act.isPending} onClick={() => act.mutate({ path: 'again' })}>
          {t('action.retry')}
        </Button>
      ) : null}
      {row.certificateId && (row.state === 'done' || row.state === 'held') ? (
        <Button size="small" onClick={() => setCertificate(true)}>
          {t('rights.certificate')}
        </Button>
      ) : null}
      <Modal
        open={asking}
        title={t('rights.erase-title', { id: row.customerId })}
        okText={t('rights.erase')}
        okButtonProps={{ danger: true, loading: act.isPending }}
        cancelText={t('action.close')}
        onCancel={() => setAsking(false)}
        onOk={() => act.mutate({ path: 'decision', body: { approve: true } })}
      >
        <p>{t('rights.erase-text')}</p>
        {row.onHold ? <p className="warn">{t('rights.erase-hold')}</p> : null}
      </Modal>
      {certificate && row.certificateId ? (
        <Certificate id={row.certificateId} onClose={() => setCertificate(false)} />
      ) : null}
    </span>
  )
}
