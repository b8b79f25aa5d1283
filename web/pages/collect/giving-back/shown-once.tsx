import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Input, Modal, useToast } from '../../../kit/index.ts'

/** A secret that will not be shown again. */
export function ShownOnce({
  title,
  note,
  value,
  onSeen,
}: {
  title: string
  note: string
  value: string
  onSeen: () => void
}) {
  const { t } = useText()
  const toast = useToast()
  const copy = () => void navigator.clipboard?.writeText(value).then(() => toast.done(t('site.copied')))
  return (
    <Modal
      open
      title={title}
      okText={t('gb.secret-seen')}
      onOk={onSeen}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      cancelButtonProps={{ style: { display: 'none' } }}
    >
      <div className="stack tight">
        <Callout tone="warn">{note}</Callout>
        <div className="row">
          <Input
            className="mono grow"
            readOnly
            value={value}
            aria-label={title}
            onFocus={event => event.target.select()}
          />
          <Button onClick={copy}>{t('site.copy')}</Button>
        </div>
      </div>
    </Modal>
  )
}
