import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import type { SuppressionView } from '../../../api/rights.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Chip,
  type Column,
  DataTable,
  Input,
  Modal,
  Panel,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { SuppressionUpload } from './suppression-upload.tsx'

type List = SuppressionView['rows'][number]
type Upload = SuppressionView['uploads'][number]

/** Lists of who is not to be reached: what each closes, who was put on it and when. They hold from the moment they are saved. */
export function Suppression() {
  const { t, term, say, number, instant, day } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [into, setInto] = useState<List | null>(null)
  const [back, setBack] = useState<Upload | null>(null)
  const view = useGet<SuppressionView>('/suppression')
  const after = {
    onError: (error: unknown) => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['/suppression'] }),
  }
  const change = useMutation({
    mutationFn: ({ code, ...body }: { code: string; active: boolean }) => send('PUT', `/suppression/${code}`, body),
    ...after,
  })
  const undo = useMutation({
    mutationFn: (upload: Upload) => send<{ entries: number }>('DELETE', `/suppression/uploads/${upload.id}`),
    onSuccess: ({ entries }) => {
      toast.done(t('rights.undone', { count: entries }))
      setBack(null)
    },
    ...after,
  })
  const columns: Column<List>[] = [
    {
      id: 'name',
      title: t('rights.list'),
      cell: row => (
        <span>
          <span className="strong">{say(row.name)}</span> <span className="mono small muted">{row.code}</span>
        </span>
      ),
      by: row => row.code,
    },
    {
      id: 'closes',
      title: t('rights.closes'),
      cell: row => (
        <span className="row" style={{ flexWrap: 'wrap' }}>
          {row.channels.map(channel => (
            <Chip key={channel}>{term('channel', channel)}</Chip>
          ))}
          {row.service ? <Chip tone="warn">{t('rights.service-too')}</Chip> : null}
        </span>
      ),
    },
    {
      id: 'entries',
      title: t('rights.entries'),
      right: true,
      cell: row => number(row.entries),
      by: row => row.entries,
    },
    {
      id: 'do',
      title: <span className="sr-only">{t('rights.actions')}</span>,
      cell: row => (
        <span className="row" style={{ flexWrap: 'wrap' }}>
          <Button size="small" onClick={() => setInto(row)}>
            {t('rights.upload')}
          </Button>
          <Button
            size="small"
            loading={change.isPending}
            onClick={() => change.mutate({ code: row.code, active: !row.active })}
          >
            {row.active ? t('rights.pause') : t('rights.resume')}
          </Button>
          {row.active ? null : <Chip tone="warn">{t('rights.paused')}</Chip>}
        </span>
      ),
    },
  ]
  const uploads: Column<Upload>[] = [
    { id: 'at', title: t('rights.when'), cell: row => instant(row.at), by: row => row.at },
    { id: 'list', title: t('rights.list'), cell: row => row.list },
    {
      id: 'what',
      title: t('rights.what'),
      cell: row => (
        <span className="break">
          {row.removes ? t('rights.taken-off') : t('rights.put-on')} · {term('key-kind', row.kind)}
          {row.file ? ` · ${row.file}` : ''}
          {row.why ? ` · ${row.why}` : ''}
        </span>
      ),
    },
    { id: 'until', title: t('rights.until'), cell: row => (row.until ? day(row.until) : '–') },
    { id: 'entries', title: t('rights.entries'), right: true, cell: row => number(row.entries) },
    {
      id: 'refused',
      title: t('rights.not-read'),
      right: true,
      cell: row => <span className={row.refused > 0 ? 'warn' : ''}>{number(row.refused)}</span>,
    },
    {
      id: 'do',
      title: <span className="sr-only">{t('rights.actions')}</span>,
      cell: row => (
        <Button size="small" onClick={() => setBack(row)}>
          {t('rights.undo')}
        </Button>
      ),
    },
  ]
  return (
    <div className="stack">
      <LookUp />
      <Async query={view} lines={8}>
        {data => (
          <>
            <Panel title={t('rights.lists')} note={t('rights.lists-note')} flush>
              <DataTable columns={columns} rows={data.rows} rowId={row => row.code} />
            </Panel>
            <Panel title={t('rights.uploads')} note={t('rights.uploads-note')} flush>
              <DataTable
                columns={uploads}
                rows={data.uploads}
                rowId={row => row.id}
                empty={<Blank title={t('rights.no-uploads')} />}
              />
            </Panel>
          </>
        )}
      </Async>
      {into ? <SuppressionUpload list={into} onClose={() => setInto(null)} /> : null}
      <Modal
        open={back !== null}
        title={t('rights.undo')}
        okText={t('rights.undo')}
        okButtonProps={{ loading: undo.isPending }}
        cancelText={t('action.close')}
        onCancel={() => setBack(null)}
        onOk={() => back && undo.mutate(back)}
      >
        <p>{t('rights.undo-text', { count: back?.entries ?? 0, list: back?.list ?? '' })}</p>
      </Modal>
    </div>
  )
}

function LookUp() {
  const { t, term } = useText()
  const [value, setValue] = useState('')
  const find = useMutation({
    mutationFn: () => send<{ rows: { list: string; kind: string }[] }>('POST', '/suppression/lookup', { value }),
  })
  return (
    <Panel title={t('rights.lookup')} note={t('rights.lookup-note')}>
      <form
        className="row"
        style={{ flexWrap: 'wrap' }}
        onSubmit={event => {
          event.preventDefault()
          if (value.trim()) find.mutate()
        }}
      >
        <Input
          value={value}
          style={{ maxWidth: 360 }}
          aria-label={t('rights.lookup')}
          onChange={event => setValue(event.target.value)}
        />
        <Button htmlType="submit" loading={find.isPending} disabled={!value.trim()}>
          {t('rights.find')}
        </Button>
        {find.data ? (
          find.data.rows.length === 0 ? (
            <span className="soft">{t('rights.on-none')}</span>
          ) : (
            find.data.rows.map(row => (
              <Chip key={`${row.list} ${row.kind}`} tone="warn">
                {row.list} · {term('key-kind', row.kind)}
              </Chip>
            ))
          )
        ) : null}
      </form>
    </Panel>
  )
}
