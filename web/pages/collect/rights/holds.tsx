import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import type { HoldList } from '../../../api/rights.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Chip,
  type Column,
  DataTable,
  Modal,
  Panel,
  TextField,
  useProblem,
  useToast,
} from '../../../kit/index.ts'

type Hold = HoldList['rows'][number]

/** What must not be erased yet, and why. */
export function Holds() {
  const { t, day, instant } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Hold | null>(null)
  const [draft, setDraft] = useState({ customer: '', reason: '', until: '' })
  const holds = useGet<HoldList>('/rights/holds', { query: { all: true } })
  const after = {
    onError: (error: unknown) => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/rights') }),
  }
  const add = useMutation({
    mutationFn: () =>
      send('POST', '/rights/holds', {
        customerId: Number(draft.customer),
        reason: draft.reason,
        until: draft.until || null,
      }),
    onSuccess: () => {
      setAdding(false)
      setDraft({ customer: '', reason: '', until: '' })
    },
    ...after,
  })
  const end = useMutation({
    mutationFn: (hold: Hold) => send('DELETE', `/rights/holds/${hold.id}`),
    onSuccess: () => setEnding(null),
    ...after,
  })
  const columns: Column<Hold>[] = [
    {
      id: 'customer',
      title: t('customer.title'),
      cell: row => (
        <Link to={`/customers/${row.customerId}?tab=rights`}>{t('customer.number', { id: row.customerId })}</Link>
      ),
      by: row => row.customerId,
    },
    { id: 'reason', title: t('rights.reason'), cell: row => <span className="break">{row.reason}</span> },
    {
      id: 'until',
      title: t('rights.until'),
      cell: row => (row.until ? day(row.until) : t('rights.no-end')),
      by: row => row.until ?? '',
    },
    {
      id: 'by',
      title: t('rights.asked'),
      cell: row => <span className="small">{`${row.placedBy} · ${instant(row.placedAt)}`}</span>,
    },
    {
      id: 'do',
      title: <span className="sr-only">{t('rights.actions')}</span>,
      cell: row =>
        row.releasedAt ? (
          <Chip>{t('rights.released', { day: day(row.releasedAt) })}</Chip>
        ) : may('rights.approve') ? (
          <Button size="small" onClick={() => setEnding(row)}>
            {t('rights.release')}
          </Button>
        ) : null,
    },
  ]
  return (
    <Panel
      title={t('rights.holds')}
      note={t('rights.holds-lead')}
      flush
      extra={may('rights.approve') ? <Button onClick={() => setAdding(true)}>{t('rights.hold-add')}</Button> : null}
    >
      <Async query={holds} lines={4}>
        {({ rows }) => (
          <DataTable
            columns={columns}
            rows={rows}
            rowId={row => row.id}
            empty={<Blank title={t('rights.no-holds')} />}
          />
        )}
      </Async>
      <Modal
        open={adding}
        title={t('rights.hold-add')}
        okText={t('rights.open')}
        okButtonProps={{
          loading: add.isPending,
          disabled: !/^[1-9]\d*$/.test(draft.customer) || draft.reason.trim().length < 3,
        }}
        cancelText={t('action.close')}
        onCancel={() => setAdding(false)}
        onOk={() => add.mutate()}
      >
        <div className="fields">
          <TextField
            label={t('rights.customer-number')}
            inputMode="numeric"
            value={draft.customer}
            onChange={value => setDraft({ ...draft, customer: value.trim() })}
          />
          <TextField
            label={t('rights.until')}
            type="date"
            value={draft.until}
            onChange={value => setDraft({ ...draft, until: value })}
          />
          <TextField
            label={t('rights.reason')}
            maxLength={300}
            value={draft.reason}
            onChange={value => setDraft({ ...draft, reason: value })}
          />
        </div>
      </Modal>
      <Modal
        open={ending !== null}
        title={t('rights.release')}
        okText={t('rights.release')}
        okButtonProps={{ loading: end.isPending, danger: true }}
        cancelText={t('action.close')}
        onCancel={() => setEnding(null)}
        onOk={() => ending && end.mutate(ending)}
      >
        <p>{t('rights.release-text', { id: ending?.customerId ?? 0 })}</p>
      </Modal>
    </Panel>
  )
}
