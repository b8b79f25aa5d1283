import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Chip, Panel, useProblem } from '../../../kit/index.ts'
import { ChannelForm } from './channel-form.tsx'
import { TestSend } from './test-send.tsx'
import type { ChannelList, ChannelRow, DkimRecords, KindList } from './types.ts'
import { useChange } from './use-change.ts'

export function Channels() {
  const { t } = useText()
  const may = useMay()
  const list = useGet<ChannelList>('/delivery/channels')
  const kinds = useGet<KindList>('/delivery/kinds')
  const [editing, setEditing] = useState<ChannelRow | 'new' | null>(null)
  const [removed, setRemoved] = useState<ChannelRow | null>(null)
  const restore = useChange(() => setRemoved(null))
  const manages = may('delivery.manage')
  const add = manages ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
      {t('dl.add')}
    </Button>
  ) : null
  return (
    <div className="stack">
      <Callout extra={add}>{t('dl.channels-note')}</Callout>
      {removed ? (
        <Callout
          tone="warn"
          title={t('dl.removed', { name: removed.name })}
          extra={
            <Button
              loading={restore.isPending}
              onClick={() =>
                restore.mutate({ method: 'POST', path: `/delivery/channels/${removed.channelId}/restore`, body: {} })
              }
            >
              {t('dl.undo')}
            </Button>
          }
        />
      ) : null}
      <Async query={list} lines={6}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Panel>
              <Blank title={t('dl.channels-none')}>{t('dl.channels-none-hint')}</Blank>
            </Panel>
          ) : (
            rows.map(row => (
              <OneChannel
                key={row.channelId}
                row={row}
                manages={manages}
                onEdit={() => setEditing(row)}
                onRemoved={setRemoved}
              />
            ))
          )
        }
      </Async>
      {editing && kinds.data ? (
        <ChannelForm
          kinds={kinds.data.rows}
          channel={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </div>
  )
}

interface OneChannelProps {
  row: ChannelRow
  manages: boolean
  onEdit: () => void
  onRemoved: (row: ChannelRow) => void
}

function OneChannel({ row, manages, onEdit, onRemoved }: OneChannelProps) {
  const { t, say, term } = useText()
  const problem = useProblem()
  const [sending, setSending] = useState(false)
  const test = useChange<{ answered: string }>()
  const dkim = useChange<DkimRecords>()
  const remove = useChange(() => onRemoved(row))
  const act = (path: string) => ({
    method: 'POST' as const,
    path: `/delivery/channels/${row.channelId}/${path}`,
    body: {},
  })
  const failed = test.error ?? dkim.error ?? remove.error
  return (
    <Panel
      title={row.name}
      note={`${say(row.title)}${row.carries.length > 0 ? ` · ${row.carries.map(one => term('channel', one)).join(', ')}` : ''}`}
      extra={
        <div className="row tight">
          {row.paused ? <Chip tone="warn">{t('dl.paused')}</Chip> : null}
          <Chip tone={row.state === 'on' ? 'good' : 'plain'}>{t(row.state === 'on' ? 'dl.on' : 'dl.off')}</Chip>
        </div>
      }
    >
      <div className="stack">
        {manages ? (
          <div className="row tight">
            <Button onClick={onEdit}>{t('dl.edit')}</Button>
            {row.canTest ? (
              <Button loading={test.isPending} onClick={() => test.mutate(act('test'))}>
                {t('dl.test')}
              </Button>
            ) : null}
            {row.works === 'thread' && row.kind !== 'webhook' ? (
              <Button onClick={() => setSending(true)}>{t('dl.test-send')}</Button>
            ) : null}
            {row.kind === 'smtp' && row.settings['dkimDomain'] ? (
              <Button loading={dkim.isPending} onClick={() => dkim.mutate(act('dkim'))}>
                {t('dl.dkim')}
              </Button>
            ) : null}
            <Button danger loading={remove.isPending} onClick={() => remove.mutate(act('remove'))}>
              {t('dl.remove')}
            </Button>
          </div>
        ) : null}
        {failed ? <Callout tone="bad">{problem(failed)}</Callout> : null}
        {test.data ? <Callout tone="good">{t('dl.tested', { answered: test.data.answered })}</Callout> : null}
        {dkim.data ? (
          <Callout title={t('dl.dkim-records')}>
            {dkim.data.rows.map(record => (
              <p key={record.name} className="break">
                <span className="mono strong">{record.name}</span> <span className="mono">{record.value}</span>
              </p>
            ))}
          </Callout>
        ) : null}
      </div>
      {sending ? <TestSend channel={row} onClose={() => setSending(false)} /> : null}
    </Panel>
  )
}
