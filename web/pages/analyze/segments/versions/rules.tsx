import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { send } from '../../../../api/client.ts'
import { useGet } from '../../../../api/queries.ts'
import type { Made, Version, VersionList } from '../../../../api/segments.ts'
import { useMay } from '../../../../api/session.ts'
import { useText } from '../../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Chip,
  type Column,
  DataTable,
  Page,
  Panel,
  Select,
  useProblem,
  useToast,
} from '../../../../kit/index.ts'
import { Suggest } from '../suggest/suggest.tsx'
import { RefreshPanel } from './refresh-panel.tsx'
import { stateTone, versionTitle } from './version-words.ts'

/** All versions of the rules: what holds, what waits, what is being written. */
export default function RulesPage() {
  const { t } = useText()
  const may = useMay()
  const [deleted, setDeleted] = useState(false)
  const [suggesting, setSuggesting] = useState(false)
  const versions = useGet<VersionList>('/segments/versions', { query: { deleted }, keep: true })
  const start = useStart()
  const problem = useProblem()
  return (
    <Page
      title={t('seg.title')}
      lead={t('seg.lead')}
      crumb={<Link to="/segments">{t('segments.title')}</Link>}
      actions={
        may('segments.write') ? (
          <>
            <Button onClick={() => setSuggesting(true)}>{t('seg.suggest')}</Button>
            <Button type="primary" loading={start.isPending} onClick={() => start.mutate({})}>
              {t('seg.new-draft')}
            </Button>
          </>
        ) : null
      }
    >
      <div className="stack">
        {start.error ? <Callout tone="bad">{problem(start.error)}</Callout> : null}
        <Async query={versions} lines={6}>
          {data => (
            <>
              <Panel
                flush
                title={deleted ? t('seg.thrown-away') : t('seg.versions')}
                note={t('seg.versions-note')}
                extra={
                  <Button size="small" className="no-print" onClick={() => setDeleted(!deleted)}>
                    {deleted ? t('seg.show-versions') : t('seg.show-thrown-away')}
                  </Button>
                }
              >
                <Versions rows={data.rows} deleted={deleted} />
              </Panel>
              <RefreshPanel list={data} />
              {may('admin') ? <ApprovalSetting approval={data.approval} /> : null}
            </>
          )}
        </Async>
      </div>
      {suggesting ? <Suggest onClose={() => setSuggesting(false)} /> : null}
    </Page>
  )
}

/** A new draft, and on to it. */
export function useStart() {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (from: { base?: number; name?: string }) => send<Made>('POST', '/segments/drafts', from),
    onSuccess: ({ id }) => void navigate(`/segments/rules/${id}`),
  })
}

function Versions({ rows, deleted }: { rows: readonly Version[]; deleted: boolean }) {
  const { t, day, instant, number } = useText()
  const navigate = useNavigate()
  const client = useQueryClient()
  const restore = useMutation({
    mutationFn: (id: number) => send('POST', `/segments/drafts/${id}/restore`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['/segments/versions'] }),
  })
  const columns: Column<Version>[] = [
    {
      id: 'name',
      title: t('seg.version'),
      cell: row => (
        <>
          <div className="row tight wrap-row">
            <span className="strong">{versionTitle(t, row)}</span>
            {row.inForce ? <Chip tone="good">{t('seg.in-force')}</Chip> : null}
            {row.restored === null ? null : <Chip>{t('seg.as-version', { version: row.restored })}</Chip>}
          </div>
          {row.note ? <div className="small muted wrap">{row.note}</div> : null}
        </>
      ),
    },
    {
      id: 'state',
      title: t('seg.state'),
      cell: row => <Chip tone={stateTone[row.state]}>{t(`seg-state.${row.state}`)}</Chip>,
    },
    {
      id: 'from',
      title: t('seg.holds-from'),
      by: row => row.effectiveFrom ?? '',
      cell: row =>
        row.effectiveFrom === null ? (
          <span className="muted">–</span>
        ) : row.effectiveFrom === '1970-01-01' ? (
          t('seg.from-the-beginning')
        ) : (
          day(row.effectiveFrom)
        ),
    },
    {
      id: 'by',
      title: t('seg.by'),
      cell: row => (
        <>
          <div>{row.madeBy || t('seg.from-file')}</div>
          {row.decidedBy ? <div className="small muted">{t('seg.decided-by', { name: row.decidedBy })}</div> : null}
        </>
      ),
    },
    { id: 'at', title: t('seg.changed'), by: row => row.changedAt, cell: row => instant(row.changedAt) },
    { id: 'size', title: t('seg.segments'), right: true, cell: row => number(row.segments) },
  ]
  if (deleted)
    columns.push({
      id: 'restore',
      title: '',
      right: true,
      cell: row => (
        <Button
          size="small"
          onClick={event => {
            event.stopPropagation()
            restore.mutate(row.id)
          }}
        >
          {t('seg.bring-back')}
        </Button>
      ),
    })
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={row => row.id}
      onOpen={row => void navigate(`/segments/rules/${row.id}`)}
      empty={<Blank title={deleted ? t('seg.none-thrown-away') : t('segments.none')} />}
    />
  )
}

function ApprovalSetting({ approval }: { approval: VersionList['approval'] }) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (value: VersionList['approval']) => send('PUT', '/segments/approval', { approval: value }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['/segments/versions'] })
      toast.done(t('seg.saved'))
    },
    onError: error => toast.failed(problem(error)),
  })
  return (
    <Panel title={t('seg.approval')} note={t('seg.approval-note')}>
      <Select
        aria-label={t('seg.approval')}
        className="channels-select"
        value={approval}
        loading={save.isPending}
        onChange={value => save.mutate(value)}
        options={(['other', 'own'] as const).map(value => ({ value, label: t(`seg-approval.${value}`) }))}
      />
    </Panel>
  )
}
