import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import type { PolicyDetail, PolicyVersions } from '../../../api/planning.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Chip,
  type Column,
  DataTable,
  Modal,
  useProblem,
  useToast,
} from '../../../kit/index.ts'

type Row = PolicyVersions['rows'][number]

/** Releases with who and when; an earlier one can be released again. */
export function Versions({ current, locked }: { current: number; locked: boolean }) {
  const { t, instant } = useText()
  const toast = useToast()
  const client = useQueryClient()
  const [asked, setAsked] = useState<number | null>(null)
  const versions = useGet<PolicyVersions>('/contact-policy/versions')
  const problem = useProblem()
  const restore = useMutation({
    mutationFn: (to: number) => send<PolicyDetail>('POST', '/contact-policy/restore', { version: current, to }),
    onSuccess: async ({ version }) => {
      toast.done(t('rule.released', { version }))
      setAsked(null)
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/contact-policy') })
    },
  })
  const columns: Column<Row>[] = [
    {
      id: 'version',
      title: t('rule.version'),
      cell: row => (
        <span className="row tight">
          <span className="strong">{row.version}</span>
          {row.version === current ? <Chip tone="good">{t('rule.now')}</Chip> : null}
          {row.restored === null ? null : <Chip>{t('rule.as-version', { version: row.restored })}</Chip>}
        </span>
      ),
    },
    { id: 'by', title: t('rule.by'), cell: row => row.by || t('rule.from-file') },
    { id: 'at', title: t('rule.at'), cell: row => instant(row.at) },
    { id: 'note', title: t('rule.why'), cell: row => row.note || <span className="muted">–</span> },
    {
      id: 'restore',
      title: '',
      right: true,
      cell: row =>
        row.version === current || locked ? null : (
          <Button className="no-print" size="small" onClick={() => setAsked(row.version)}>
            {t('rule.restore')}
          </Button>
        ),
    },
  ]
  return (
    <Async query={versions} lines={3}>
      {data => (
        <>
          <DataTable columns={columns} rows={data.rows} rowId={row => row.version} />
          {asked === null ? null : (
            <Ask
              version={asked}
              onClose={() => setAsked(null)}
              onYes={() => restore.mutate(asked)}
              busy={restore.isPending}
              problem={restore.error ? problem(restore.error) : null}
            />
          )}
        </>
      )}
    </Async>
  )
}

interface AskProps {
  version: number
  onClose: () => void
  onYes: () => void
  busy: boolean
  problem: string | null
}

function Ask({ version, onClose, onYes, busy, problem }: AskProps) {
  const { t, say } = useText()
  const detail = useGet<PolicyDetail>(`/contact-policy/versions/${version}`)
  return (
    <Modal
      open
      onCancel={onClose}
      onOk={onYes}
      confirmLoading={busy}
      okText={t('rule.restore')}
      title={t('rule.restore-what', { version })}
    >
      <div className="stack">
        {problem ? <Callout tone="bad">{problem}</Callout> : null}
        <Async query={detail} lines={6}>
          {data => (
            <ol className="plain stack tight">
              {data.rules.map(rule => (
                <li key={rule.id}>{say(rule.name)}</li>
              ))}
            </ol>
          )}
        </Async>
      </div>
    </Modal>
  )
}
