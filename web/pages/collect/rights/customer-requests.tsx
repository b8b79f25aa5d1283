import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import type { RequestList, RequestRow } from '../../../api/rights.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  DataTable,
  Field,
  Modal,
  Panel,
  Select,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { useRequestColumns } from './request-row.tsx'

const ways = ['call', 'letter', 'email', 'portal', 'branch', 'other'] as const

/** What this customer asked of us, and a new request. */
export function CustomerRequests({ id }: { id: number }) {
  const { t, term } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const columns = useRequestColumns(false)
  const [kind, setKind] = useState<'export' | 'erasure' | null>(null)
  const [way, setWay] = useState<string>('call')
  const requests = useGet<RequestList>('/rights/requests', {
    query: { customer: id, state: 'all' },
    every: data => (data?.rows.some(row => row.state === 'running' || row.state === 'approved') ? 2000 : false),
  })
  const open = useMutation({
    mutationFn: () => send<RequestRow>('POST', '/rights/requests', { kind, customerId: id, receivedBy: way }),
    onSuccess: () => {
      toast.done(t('rights.requested'))
      setKind(null)
    },
    onError: error => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['/rights/requests'] }),
  })
  return (
    <Panel
      title={t('rights.requests')}
      note={t('rights.requests-note')}
      flush
      extra={
        may('rights.request') ? (
          <span className="row no-print" style={{ flexWrap: 'wrap' }}>
            <Button onClick={() => setKind('export')}>{t('rights.ask-export')}</Button>
            <Button danger onClick={() => setKind('erasure')}>
              {t('rights.ask-erasure')}
            </Button>
          </span>
        ) : null
      }
    >
      <Async query={requests} lines={3}>
        {({ rows }) => (
          <DataTable columns={columns} rows={rows} rowId={row => row.id} empty={<Blank title={t('rights.none')} />} />
        )}
      </Async>
      <Modal
        open={kind !== null}
        title={kind === 'erasure' ? t('rights.ask-erasure') : t('rights.ask-export')}
        okText={t('rights.open')}
        okButtonProps={{ loading: open.isPending, danger: kind === 'erasure' }}
        cancelText={t('action.close')}
        onCancel={() => setKind(null)}
        onOk={() => open.mutate()}
      >
        <div className="stack">
          <p>{kind === 'erasure' ? t('rights.ask-erasure-text') : t('rights.ask-export-text')}</p>
          <Field label={t('rights.received-by')}>
            {field => (
              <Select
                id={field}
                value={way}
                options={ways.map(value => ({ value, label: term('evidence', value) }))}
                onChange={setWay}
              />
            )}
          </Field>
        </div>
      </Modal>
    </Panel>
  )
}
