import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Modal, useProblem } from '../../../kit/index.ts'
import type { Correction, ReplyClass } from './types.ts'

interface Props {
  messageId: number
  name: ReplyClass
  onYes: () => void
  onNo: () => void
}

type Part = Correction['parts'][number]

/** What will happen when a person says that a message means this: taken back, left as it is and why, done. It opens when that is known. */
export function ConfirmClass({ messageId, name, onYes, onNo }: Props) {
  const { t, number } = useText()
  const problem = useProblem()
  const { data, error } = useGet<Correction>(`/inbox/messages/${messageId}/correction`, { query: { class: name } })
  if (!data && !error) return null
  const what = t(`ib.class.${name}`)
  const named = (channels: Part['channels']): string => channels.map(one => t(`channel.${one}`)).join(t('ib.and'))
  const values = (part: Part) => ({ channels: named(part.channels), n: number(part.number), id: String(part.number) })
  const back = data?.parts.filter(part => part.stays === null) ?? []
  const stays = data?.parts.filter(part => part.stays !== null) ?? []
  return (
    <Modal
      open
      title={t('ib.confirm', { class: what })}
      okText={what}
      cancelText={t('action.close')}
      okButtonProps={{ danger: name === 'stop', autoFocus: true, disabled: !data }}
      onOk={onYes}
      onCancel={onNo}
    >
      {error ? <p>{problem(error)}</p> : null}
      {data ? (
        <div className="stack">
          {back.length > 0 ? (
            <section>
              <p className="strong">{t('ib.takes-back')}</p>
              <ul>
                {back.map(part => (
                  <li key={part.what}>{t(`ib.back.${part.what}`, values(part))}</li>
                ))}
              </ul>
            </section>
          ) : null}
          {stays.length > 0 ? (
            <section>
              <p className="strong">{t('ib.stays')}</p>
              <ul>
                {stays.map(part => (
                  <li key={`${part.what} ${part.stays}`}>
                    {t(`ib.kept.${part.what}`, values(part))}{' '}
                    <span className="soft">({t(`ib.stays.${part.stays ?? 'worked-on'}`)})</span>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          <section>
            <p className="strong">{t('ib.will')}</p>
            <p>{t(`ib.will.${data.follows}`, { channels: named(data.channels) || t('ib.this-address') })}</p>
          </section>
        </div>
      ) : null}
    </Modal>
  )
}
