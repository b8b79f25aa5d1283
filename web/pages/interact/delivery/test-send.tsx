import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Chip, Field, Input, Modal, toneOf, useProblem } from '../../../kit/index.ts'
import type { ChannelRow, TestSent } from './types.ts'
import { useChange } from './use-change.ts'

/** The template's own example, to one address or to all seed addresses: no customer's data leaves. */
export function TestSend({ channel, onClose }: { channel: ChannelRow; onClose: () => void }) {
  const { t, lang, term } = useText()
  const problem = useProblem()
  const [to, setTo] = useState('')
  const send = useChange<TestSent>()
  return (
    <Modal
      open
      title={t('dl.test-send')}
      okText={t(to.trim() === '' ? 'dl.test-seeds' : 'dl.test-one')}
      cancelText={t('gb.cancel')}
      okButtonProps={{ loading: send.isPending }}
      onOk={() =>
        send.mutate({
          method: 'POST',
          path: `/delivery/channels/${channel.channelId}/test-send`,
          body: { to: to.trim(), language: lang },
        })
      }
      onCancel={onClose}
    >
      <div className="stack tight">
        <p className="soft">{t('dl.test-send-note')}</p>
        <Field label={t('dl.test-to')}>
          {id => <Input id={id} autoFocus value={to} onChange={event => setTo(event.target.value)} />}
        </Field>
        {send.error ? <Callout tone="bad">{problem(send.error)}</Callout> : null}
        {send.data?.rows.length === 0 ? <Callout tone="warn">{t('dl.test-no-seeds')}</Callout> : null}
        {send.data?.rows.map(row => (
          <p key={row.to} className="break">
            <Chip tone={toneOf(row.state)}>{term('state', row.state)}</Chip> {row.to}{' '}
            <span className="small muted">{row.detail}</span>
          </p>
        ))}
      </div>
    </Modal>
  )
}
