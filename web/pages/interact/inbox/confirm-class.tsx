import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Checkbox, Modal, useProblem } from '../../../kit/index.ts'
import { Parts } from '../take-back/parts.tsx'
import type { Correction, ReplyClass } from './types.ts'

interface Props {
  messageId: number
  name: ReplyClass
  /** Whether a customer who had the receipt of a case that is closed by it is told so. */
  onYes: (tell: boolean) => void
  onNo: () => void
}

/** What will happen when a person says that a message means this: taken back, left as it is and why, done. It opens when that is known. */
export function ConfirmClass({ messageId, name, onYes, onNo }: Props) {
  const { t } = useText()
  const problem = useProblem()
  const [tell, setTell] = useState(true)
  const { data, error } = useGet<Correction>(`/inbox/messages/${messageId}/correction`, { query: { class: name } })
  if (!data && !error) return null
  const named = data?.channels.map(one => t(`channel.${one}`)).join(t('ib.and'))
  const what = t(`ib.class.${name}`)
  return (
    <Modal
      open
      title={t('ib.confirm', { class: what })}
      okText={what}
      cancelText={t('action.close')}
      okButtonProps={{ danger: name === 'stop', autoFocus: true, disabled: !data }}
      onOk={() => onYes(tell)}
      onCancel={onNo}
    >
      {error ? <p>{problem(error)}</p> : null}
      {data ? (
        <div className="stack">
          <Parts parts={data.parts} />
          {data.receipt ? (
            <Checkbox checked={tell} onChange={event => setTell(event.target.checked)}>
              {t('cs.tell-mistaken')}
            </Checkbox>
          ) : null}
          <section>
            <p className="strong">{t('ib.will')}</p>
            <p>{t(`ib.will.${data.follows}`, { channels: named || t('ib.this-address') })}</p>
          </section>
        </div>
      ) : null}
    </Modal>
  )
}
