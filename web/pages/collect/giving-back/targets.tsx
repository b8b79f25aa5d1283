import { EditOutlined, HistoryOutlined, MoreOutlined, PlusOutlined, SendOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Chip,
  type Column,
  DataTable,
  Dropdown,
  Panel,
  toneOf,
  useToast,
} from '../../../kit/index.ts'
import { Confirm } from './confirm.tsx'
import { ShownOnce } from './shown-once.tsx'
import { TargetForm } from './target-form.tsx'
import { TargetHistory } from './target-history.tsx'
import type { Target, TargetList } from './types.ts'
import { useChange } from './use-change.ts'

type Asking = { what: 'full' | 'remove'; target: Target }

export function Targets() {
  const { t, instant, number } = useText()
  const toast = useToast()
  const list = useGet<TargetList>('/targets', {
    every: data => (data?.rows.some(row => row.last?.state === 'running') ? 1500 : 20_000),
  })
  const [editing, setEditing] = useState<Target | 'new' | null>(null)
  const [history, setHistory] = useState<Target | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const [removed, setRemoved] = useState<Target | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const send = useChange<{ deliveryId: number }>(({ deliveryId }) => {
    setAsking(null)
    toast.done(t('gb.started', { id: deliveryId }))
  })
  const change = useChange(() => setAsking(null))
  const put = (target: Target, body: object) =>
    change.mutate({ method: 'PUT', path: `/targets/${target.targetId}`, body })
  const deliver = (target: Target, full: boolean) =>
    send.mutate({ method: 'POST', path: `/targets/${target.targetId}/deliver`, body: { full } })
  const remove = (target: Target) => {
    change.mutate(
      { method: 'PUT', path: `/targets/${target.targetId}`, body: { deleted: true } },
      { onSuccess: () => setRemoved(target) },
    )
  }
  const undo = () => {
    if (removed) put(removed, { deleted: false })
    setRemoved(null)
  }
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
      {t('gb.add')}
    </Button>
  )
  const columns: Column<Target>[] = [
    {
      id: 'name',
      title: t('gb.name'),
      by: row => row.definition.name,
      cell: row => (
        <span className="stack none">
          <span className="strong">{row.definition.name}</span>
          <span className="soft">
            {row.definition.mart} · {t('gb.columns-count', { count: row.definition.columns.length })}
          </span>
        </span>
      ),
    },
    { id: 'place', title: t('gb.place'), cell: row => <PlaceOf target={row} /> },
    {
      id: 'when',
      title: t('gb.when'),
      cell: ({ definition: { when } }) =>
        when.kind === 'cron' ? <span className="mono">{when.cron}</span> : t(`gb.when.${when.kind}`),
    },
    {
      id: 'state',
      title: t('gb.state'),
      cell: row => (
        <span className="stack none">
          <span className="row tight">
            {row.paused ? <Chip tone="warn">{t('gb.paused')}</Chip> : null}
            {row.last ? (
              <Chip tone={row.last.state === 'waiting' ? 'warn' : toneOf(row.last.state)} title={row.last.error ?? ''}>
                {t(`gb.state.${row.last.state as 'done'}`)}
              </Chip>
            ) : (
              <Chip>{t('gb.never')}</Chip>
            )}
            {row.deadLetters > 0 ? <Chip tone="bad">{t('gb.dead', { count: row.deadLetters })}</Chip> : null}
          </span>
          {row.last ? <span className="soft">{instant(row.last.at)}</span> : null}
        </span>
      ),
    },
    {
      id: 'sent',
      title: t('gb.sent'),
      right: true,
      by: row => row.delivered,
      cell: row => `${number(row.delivered)} / ${number(row.planned)}`,
    },
    {
      id: 'do',
      title: '',
      right: true,
      cell: row => (
        <span className="row end tight">
          <Button size="small" icon={<SendOutlined />} disabled={row.paused} onClick={() => deliver(row, false)}>
            {t('gb.send')}
          </Button>
          <Button
            size="small"
            icon={<HistoryOutlined />}
            aria-label={t('gb.history')}
            onClick={() => setHistory(row)}
          />
          <Button size="small" icon={<EditOutlined />} aria-label={t('gb.edit')} onClick={() => setEditing(row)} />
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'full', label: t('gb.send-full'), disabled: row.paused },
                { key: 'pause', label: t(row.paused ? 'gb.resume' : 'gb.pause') },
                { key: 'remove', label: t('gb.remove'), danger: true },
              ],
              onClick: ({ key }) => {
                if (key === 'pause') put(row, { paused: !row.paused })
                else setAsking({ what: key === 'full' ? 'full' : 'remove', target: row })
              },
            }}
          >
            <Button size="small" icon={<MoreOutlined />} aria-label={row.definition.name} />
          </Dropdown>
        </span>
      ),
    },
  ]
  return (
    <div className="stack">
      {removed ? (
        <Callout extra={<Button onClick={undo}>{t('gb.undo')}</Button>}>
          {t('gb.removed', { name: removed.definition.name })}
        </Callout>
      ) : null}
      <Panel title={t('gb.targets')} extra={add} flush>
        <Async query={list}>
          {({ rows }) => (
            <DataTable
              columns={columns}
              rows={rows}
              rowId={row => row.targetId}
              empty={
                <Blank title={t('gb.none')} actions={add}>
                  {t('gb.none-hint')}
                </Blank>
              }
            />
          )}
        </Async>
      </Panel>
      {editing ? (
        <TargetForm
          key={editing === 'new' ? 'new' : editing.targetId}
          target={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSecret={setSecret}
        />
      ) : null}
      {history ? <TargetHistory target={history} onClose={() => setHistory(null)} /> : null}
      {secret ? (
        <ShownOnce title={t('gb.secret')} note={t('gb.secret-once')} value={secret} onSeen={() => setSecret(null)} />
      ) : null}
      {asking ? (
        <Confirm
          title={t(asking.what === 'full' ? 'gb.send-full' : 'gb.remove')}
          danger={asking.what === 'remove'}
          busy={send.isPending || change.isPending}
          error={send.error ?? change.error}
          onNo={() => setAsking(null)}
          onYes={() => (asking.what === 'full' ? deliver(asking.target, true) : remove(asking.target))}
        >
          {t(asking.what === 'full' ? 'gb.send-full-ask' : 'gb.remove-ask', { name: asking.target.definition.name })}
        </Confirm>
      ) : null}
    </div>
  )
}

function PlaceOf({ target }: { target: Target }) {
  const { t } = useText()
  const { place, name } = target.definition
  const where =
    place.kind === 'webhook'
      ? place.url
      : place.kind === 'file'
        ? (target.folder ?? place.folder)
        : place.kind === 'feed'
          ? `/api/v1/changes?feed=${encodeURIComponent(name)}`
          : `${place.host}:${place.port}/${place.database} ${place.table}`
  return (
    <span className="stack none">
      <span className="row tight">
        {t(`gb.kind.${place.kind}`)}
        {target.personal.length > 0 ? (
          <Chip tone="warn" title={target.personal.join(', ')}>
            {t('gb.personal', { count: target.personal.length })}
          </Chip>
        ) : null}
      </span>
      <span className="soft mono break">{where}</span>
    </span>
  )
}
