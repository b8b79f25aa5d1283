import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { send } from '../../../../api/client.ts'
import type { DraftDetail, DraftSummary, VersionRow, Versions, WhereUsed } from '../../../../api/content.ts'
import { useGet } from '../../../../api/queries.ts'
import { useMay } from '../../../../api/session.ts'
import { useText } from '../../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Chip,
  DataTable,
  Field,
  Input,
  Modal,
  Panel,
  Select,
  type Tone,
  useProblem,
  useToast,
  useUrlState,
} from '../../../../kit/index.ts'
import { CommentsPanel } from './comments.tsx'
import { DifferenceView } from './difference.tsx'

interface VersionsTabProps {
  kind: 'template' | 'fragment'
  id: string
  versions: Versions
  draft: DraftDetail | null
}

const tones: Record<VersionRow['state'], Tone> = {
  live: 'good',
  scheduled: 'accent',
  asked: 'warn',
  past: 'plain',
  withdrawn: 'bad',
}

/** Every version and draft, what differs between two of them, where it is used, and what reviewers say. */
export function VersionsTab({ kind, id, versions, draft }: VersionsTabProps) {
  const { t, day, instant } = useText()
  const may = useMay()
  const [back, setBack] = useState<VersionRow | null>(null)
  const live = versions.versions.find(({ state }) => state === 'live') ?? versions.versions[0]
  const [from, setFrom] = useUrlState(
    'from',
    String(draft ? (draft.base ?? live?.version ?? '') : (versions.versions[1]?.version ?? '')),
  )
  const [to, setTo] = useUrlState('to', draft ? `draft-${draft.id}` : String(versions.versions[0]?.version ?? ''))
  const named = [
    ...versions.drafts
      .filter(one => !one.deleted && one.state !== 'approved')
      .map(one => ({ value: `draft-${one.id}`, label: t('content.draft-number', { id: one.id }) })),
    ...versions.versions.map(one => ({
      value: String(one.version),
      label: t('content.version', { version: one.version }),
    })),
  ]
  return (
    <div className="stack">
      <Panel title={t('content.difference')} note={t('content.difference-note')}>
        <div className="stack tight">
          <div className="row wrap">
            <Select
              className="whose-pick"
              aria-label={t('content.before')}
              value={from}
              options={named}
              onChange={setFrom}
            />
            <span aria-hidden="true">→</span>
            <Select
              className="whose-pick"
              aria-label={t('content.after')}
              value={to}
              options={named}
              onChange={setTo}
            />
          </div>
          {from !== '' && to !== '' && from !== to ? (
            <DifferenceView kind={kind} id={id} from={from} to={to} />
          ) : (
            <Blank title={t('content.choose-two')} />
          )}
        </div>
      </Panel>
      {draft ? <CommentsPanel draft={draft.id} /> : null}
      <Panel flush title={t('content.versions')}>
        <DataTable
          rows={versions.versions}
          rowId={({ version }) => version}
          empty={<Blank title={t('content.no-versions')} />}
          columns={[
            {
              id: 'version',
              title: t('content.number'),
              cell: row => row.version,
              right: true,
              by: row => row.version,
            },
            {
              id: 'state',
              title: t('content.state'),
              cell: row => <Chip tone={tones[row.state]}>{t(`content.state-${row.state}`)}</Chip>,
            },
            {
              id: 'from',
              title: t('content.from'),
              cell: row => (row.effectiveFrom === '1970-01-01' ? t('content.from-ever') : day(row.effectiveFrom)),
            },
            { id: 'by', title: t('content.made-by'), cell: row => row.madeBy || t('content.company') },
            { id: 'approved', title: t('content.approved-by'), cell: row => row.approvedBy || '—' },
            {
              id: 'note',
              title: t('content.note'),
              cell: row => (row.restored === null ? row.note : t('content.restored', { version: row.restored })),
            },
            {
              id: 'back',
              title: '',
              cell: row =>
                may('content.approve') && row.state !== 'live' && row.state !== 'asked' ? (
                  <Button size="small" onClick={() => setBack(row)}>
                    {t('content.roll-back')}
                  </Button>
                ) : null,
            },
          ]}
        />
      </Panel>
      <Drafts kind={kind} drafts={versions.drafts} />
      {kind === 'fragment' ? <UsedIn id={id} /> : null}
      {back ? (
        <RollBack kind={kind} id={id} row={back} proposed={versions.proposedFrom} onClose={() => setBack(null)} />
      ) : null}
      <p className="small muted">
        {versions.versions[0] ? t('content.newest-at', { when: instant(versions.versions[0].createdAt) }) : null}
      </p>
    </div>
  )
}

function Drafts({ kind, drafts }: { kind: VersionsTabProps['kind']; drafts: readonly DraftSummary[] }) {
  const { t, instant } = useText()
  const may = useMay()
  const client = useQueryClient()
  const toast = useToast()
  const problem = useProblem()
  const restore = async (id: number) => {
    try {
      await send('POST', `/content/drafts/${id}/restore`, {})
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith(`/${kind}s`) })
    } catch (error) {
      toast.failed(problem(error))
    }
  }
  if (drafts.length === 0) return null
  return (
    <Panel flush title={t('content.drafts')}>
      <DataTable
        rows={drafts}
        rowId={({ id }) => id}
        columns={[
          {
            id: 'id',
            title: t('content.number'),
            cell: row => <Link to={`/${kind}s/${row.object}?draft=${row.id}`}>{row.id}</Link>,
          },
          {
            id: 'state',
            title: t('content.state'),
            cell: row => (
              <Chip tone={row.state === 'asked' ? 'accent' : row.state === 'draft' ? 'warn' : 'plain'}>
                {row.deleted ? t('content.dropped') : t(`content.${row.state}`)}
              </Chip>
            ),
          },
          {
            id: 'base',
            title: t('content.made-from'),
            cell: row => (row.base === null ? '—' : t('content.version', { version: row.base })),
          },
          { id: 'by', title: t('content.made-by'), cell: row => row.madeBy || t('content.house') },
          { id: 'at', title: t('content.changed-at'), cell: row => instant(row.changedAt) },
          {
            id: 'note',
            title: t('content.note'),
            cell: row => [row.note, row.decisionNote].filter(Boolean).join(' · '),
          },
          {
            id: 'restore',
            title: '',
            cell: row =>
              row.deleted && may('content.write') ? (
                <Button size="small" onClick={() => void restore(row.id)}>
                  {t('content.restore')}
                </Button>
              ) : null,
          },
        ]}
      />
    </Panel>
  )
}

function RollBack({
  kind,
  id,
  row,
  proposed,
  onClose,
}: {
  kind: string
  id: string
  row: VersionRow
  proposed: string
  onClose: () => void
}) {
  const { t } = useText()
  const client = useQueryClient()
  const toast = useToast()
  const problem = useProblem()
  const [from, setFrom] = useState(proposed)
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    try {
      await send('POST', `/${kind}s/${encodeURIComponent(id)}/rollback`, { version: row.version, from, note })
      toast.done(t('content.rolled-back', { version: row.version }))
      await client.invalidateQueries({
        predicate: query => /^\/(templates|fragments|content)/.test(String(query.queryKey[0])),
      })
      onClose()
    } catch (error) {
      toast.failed(problem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t('content.roll-back-to', { version: row.version })}
      okText={t('content.roll-back')}
      cancelText={t('action.close')}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void go()}
    >
      <div className="stack tight">
        <p>{t('content.roll-back-what')}</p>
        <Field label={t('content.from')}>
          {field => <Input id={field} type="date" value={from} onChange={event => setFrom(event.target.value)} />}
        </Field>
        <Field label={t('content.note')}>
          {field => <Input id={field} value={note} onChange={event => setNote(event.target.value)} />}
        </Field>
      </div>
    </Modal>
  )
}

function UsedIn({ id }: { id: string }) {
  const { t, say, term } = useText()
  const used = useGet<WhereUsed>('/content/where-used', { query: { of: 'fragment', id } })
  return (
    <Panel flush title={t('content.where-used')} note={t('content.where-used-note')}>
      <Async query={used} lines={2}>
        {({ rows }) => (
          <DataTable
            rows={rows}
            rowId={row => `${row.kind} ${row.id} ${row.draft ?? ''}`}
            empty={<Blank title={t('content.used-nowhere')} />}
            columns={[
              {
                id: 'name',
                title: t('content.name'),
                cell: row => <Link to={`/${row.kind}s/${row.id}`}>{say(row.title)}</Link>,
              },
              {
                id: 'what',
                title: t('content.version-or-draft'),
                cell: row =>
                  row.draft === null
                    ? t('content.version', { version: row.version ?? 0 })
                    : t('content.draft-number', { id: row.draft }),
              },
              {
                id: 'channel',
                title: t('content.channel'),
                cell: row => (row.channel ? term('channel', row.channel) : '—'),
              },
              { id: 'blocks', title: t('editor.blocks'), cell: row => row.blocks.join(', ') },
            ]}
          />
        )}
      </Async>
    </Panel>
  )
}
