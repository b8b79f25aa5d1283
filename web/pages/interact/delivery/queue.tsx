import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Figures, Meter, Modal, Panel, useProblem } from '../../../kit/index.ts'
import type { DeliveryView, QueueRow } from './types.ts'
import { useChange } from './use-change.ts'

const EVERY_MS = 3000

export function Queue() {
  const { t, number } = useText()
  const view = useGet<DeliveryView>('/delivery', { every: () => EVERY_MS, keep: true })
  return (
    <Async query={view} lines={8}>
      {({ queue, notices, uncertain }) => (
        <div className="stack">
          <Notices notices={notices} />
          {uncertain > 0 ? (
            <Callout tone="warn" title={t('dl.uncertain-some', { count: uncertain, shown: number(uncertain) })}>
              {t('dl.uncertain-why')}
            </Callout>
          ) : null}
          {queue.length === 0 ? (
            <Panel>
              <Blank title={t('dl.queue-none')}>{t('dl.queue-none-hint')}</Blank>
            </Panel>
          ) : (
            queue.map(row => <ChannelQueue key={row.channel} row={row} />)
          )}
        </div>
      )}
    </Async>
  )
}

function Notices({ notices }: { notices: DeliveryView['notices'] }) {
  const { t, say, instant } = useText()
  const put = useChange()
  return notices.map(({ noticeId, text, times, firstAt, lastAt, overAt }) => (
    <Callout
      key={noticeId}
      tone={overAt ? 'good' : 'bad'}
      title={say(text)}
      extra={
        overAt ? (
          <Button
            size="small"
            loading={put.isPending}
            onClick={() => put.mutate({ method: 'POST', path: `/delivery/notices/${noticeId}/seen`, body: {} })}
          >
            {t('dl.put-away')}
          </Button>
        ) : null
      }
    >
      {overAt
        ? t('dl.notice-over', { from: instant(firstAt), to: instant(overAt) })
        : t('dl.notice-open', { from: instant(firstAt), times, last: instant(lastAt) })}
    </Callout>
  ))
}

function ChannelQueue({ row }: { row: QueueRow }) {
  const { t, term, number, percent, instant } = useText()
  const done = row.messages === 0 ? 1 : (row.messages - row.waiting) / row.messages
  const state = row.paused
    ? t('dl.paused')
    : row.waiting === 0
      ? t('dl.through')
      : row.parts.sending > 0
        ? t('dl.sending')
        : row.nextAt
          ? t('dl.waits-until', { at: instant(row.nextAt) })
          : t('dl.waits')
  return (
    <Panel
      title={`${term('channel', row.channel)}${row.by ? ` · ${row.by}` : ''}`}
      note={state}
      extra={row.channelId === null ? null : <Controls row={row} channelId={row.channelId} />}
    >
      <div className="stack">
        <Meter share={done} label={percent(done)} />
        <Figures
          items={[
            { id: 'messages', label: t('dl.messages'), value: number(row.messages) },
            { id: 'settled', label: term('state', 'settled'), value: number(row.settled), tone: 'good' },
            { id: 'waiting', label: t('dl.waiting'), value: number(row.waiting) },
            { id: 'refused', label: term('state', 'refused'), value: number(row.refused) },
            {
              id: 'failed',
              label: term('state', 'failed'),
              value: number(row.failed),
              tone: row.failed ? 'bad' : undefined,
            },
            {
              id: 'uncertain',
              label: term('state', 'uncertain'),
              value: number(row.uncertain),
              tone: row.uncertain ? 'warn' : undefined,
            },
          ]}
        />
        {row.waiting > 0 ? <Forecast row={row} /> : null}
      </div>
    </Panel>
  )
}

/** An interval, or nothing: a pace of less than half a minute promises nothing. */
function Forecast({ row }: { row: QueueRow }) {
  const { t, number } = useText()
  const { forecast } = row
  if (!forecast) return <p className="small muted">{t('dl.forecast-none')}</p>
  const minutes = (value: number) => number(Math.max(1, Math.round(value)))
  return (
    <p className="soft">
      {forecast.latest === null
        ? t('dl.forecast-open', { pace: number(forecast.perMinute), from: minutes(forecast.soonest) })
        : t('dl.forecast', {
            pace: number(forecast.perMinute),
            from: minutes(forecast.soonest),
            to: minutes(forecast.latest),
          })}
    </p>
  )
}

function Controls({ row, channelId }: { row: QueueRow; channelId: number }) {
  const { t } = useText()
  const may = useMay()
  const problem = useProblem()
  const [asking, setAsking] = useState(false)
  const act = useChange(() => setAsking(false))
  if (!may('delivery.manage')) return null
  const run = (what: 'pause' | 'resume' | 'stop') =>
    act.mutate({ method: 'POST', path: `/delivery/channels/${channelId}/${what}`, body: {} })
  return (
    <div className="row tight">
      {row.paused ? (
        <Button type="primary" loading={act.isPending} onClick={() => run('resume')}>
          {t('dl.resume')}
        </Button>
      ) : (
        <>
          <Button loading={act.isPending} onClick={() => run('pause')}>
            {t('dl.pause')}
          </Button>
          <Button danger onClick={() => setAsking(true)}>
            {t('dl.stop')}
          </Button>
        </>
      )}
      {asking ? (
        <Modal
          open
          title={t('dl.stop')}
          okText={t('dl.stop')}
          cancelText={t('gb.cancel')}
          okButtonProps={{ danger: true, loading: act.isPending }}
          onOk={() => run('stop')}
          onCancel={() => setAsking(false)}
        >
          <p>{t('dl.stop-ask')}</p>
          {act.error ? <Callout tone="bad">{problem(act.error)}</Callout> : null}
        </Modal>
      ) : null}
    </div>
  )
}
