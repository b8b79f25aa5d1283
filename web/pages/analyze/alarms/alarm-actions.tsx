import { CheckOutlined, CloseOutlined, PhoneOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Modal, Radio, TextAreaField, useProblem } from '../../../kit/index.ts'
import { keyOf } from './alarm-words.ts'
import type { AlarmChanged, AlarmRow } from './types.ts'
import { useAlarmChange } from './use-change.ts'

interface ActionsProps {
  alarms: readonly (
    | Pick<AlarmRow, 'subject' | 'measure' | 'since'>
    | { subject: string; measure: string; since: string }
  )[]
  onChooseAll?: () => void
  onDone: () => void
  /** Segments are not called. */
  calls?: boolean
}

type Reason = 'normal' | 'known' | 'handled'

/** What can be done with the alarms chosen; the last change can be taken back. */
export function AlarmActions({ alarms, onChooseAll, onDone, calls = true }: ActionsProps) {
  const { t } = useText()
  const problem = useProblem()
  const [asking, setAsking] = useState<'task' | 'dismissed' | null>(null)
  const [reason, setReason] = useState<Reason>('normal')
  const [note, setNote] = useState('')
  const [last, setLast] = useState<{ changed: AlarmChanged; state: 'seen' | 'task' | 'dismissed' | 'new' } | null>(null)
  const { change, undo } = useAlarmChange((changed, sent) => {
    setLast({ changed, state: sent.state })
    setAsking(null)
    setNote('')
    onDone()
  })
  const count = alarms.length
  const send = (state: 'seen' | 'task' | 'dismissed'): void =>
    change.mutate({
      keys: alarms.map(alarm => keyOf(alarm)),
      state,
      reason: state === 'dismissed' ? reason : null,
      note,
    })
  return (
    <div className="stack tight">
      <div className="row">
        {onChooseAll ? (
          <Button onClick={onChooseAll} icon={<CheckOutlined />}>
            {t('alarms.choose-all')}
          </Button>
        ) : null}
        {count > 0 ? <span className="soft">{t('alarms.chosen', { count })}</span> : null}
        <Button disabled={count === 0} loading={change.isPending && asking === null} onClick={() => send('seen')}>
          {t('alarms.seen')}
        </Button>
        {calls ? (
          <Button disabled={count === 0} icon={<PhoneOutlined />} onClick={() => setAsking('task')}>
            {t('alarms.call')}
          </Button>
        ) : null}
        <Button disabled={count === 0} icon={<CloseOutlined />} onClick={() => setAsking('dismissed')}>
          {t('alarms.dismiss')}
        </Button>
      </div>
      {last ? (
        <Callout
          tone="good"
          title={t(`alarms.done-${last.state}`, { count: last.changed.changed })}
          extra={
            <Button
              size="small"
              loading={undo.isPending}
              onClick={() => undo.mutate(last.changed.before, { onSuccess: () => setLast(null) })}
            >
              {t('alarms.undo')}
            </Button>
          }
        />
      ) : null}
      {change.error && asking === null ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
      {undo.error ? <Callout tone="bad">{problem(undo.error)}</Callout> : null}
      {asking ? (
        <Modal
          open
          title={t(asking === 'task' ? 'alarms.call' : 'alarms.dismiss')}
          okText={t(asking === 'task' ? 'alarms.call' : 'alarms.dismiss')}
          cancelText={t('alarms.cancel')}
          okButtonProps={{ loading: change.isPending }}
          onOk={() => send(asking)}
          onCancel={() => setAsking(null)}
        >
          <div className="stack tight">
            <p>{asking === 'task' ? t('alarms.call-ask', { count }) : t('alarms.dismiss-ask')}</p>
            {asking === 'task' ? (
              <TextAreaField label={t('alarms.note')} rows={3} maxLength={1000} value={note} onChange={setNote} />
            ) : (
              <Radio.Group
                value={reason}
                onChange={event => setReason(event.target.value as Reason)}
                aria-label={t('alarms.reason')}
                options={(['normal', 'known', 'handled'] as const).map(value => ({
                  value,
                  label: t(`dismiss-reason.${value}`),
                }))}
                style={{ display: 'grid', gap: 6 }}
              />
            )}
            {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
          </div>
        </Modal>
      ) : null}
    </div>
  )
}
