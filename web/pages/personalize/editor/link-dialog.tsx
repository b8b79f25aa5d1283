import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Field, Modal } from '../../../kit/index.ts'
import { LineText } from '../../../kit/rich-text/line-text.tsx'
import type { Phrase } from '../../../kit/rich-text/model.ts'
import type { ChipAsk } from '../../../kit/rich-text/rich-text.tsx'
import type { EditorKnows } from './editor-context.ts'

interface LinkDialogProps {
  phrase: Phrase
  look: EditorKnows['look']
  ask: ChipAsk
  onDone: (phrase: Phrase | null | 'remove') => void
}

/** Where words lead; the address may hold fields, but not begin with one. */
export function LinkDialog({ phrase: given, look, ask, onDone }: LinkDialogProps) {
  const { t } = useText()
  const [phrase, setPhrase] = useState<Phrase>(given.length > 0 ? given : [{ type: 'text', text: 'https://' }])
  const [first] = phrase
  const good =
    first?.type === 'text' && /^(https?:\/\/.|mailto:.|tel:.)/.test(first.text + (phrase.length > 1 ? 'x' : ''))
  return (
    <Modal
      open
      title={t('rt.link')}
      onCancel={() => onDone(null)}
      footer={
        <div className="row">
          {given.length > 0 ? (
            <Button danger onClick={() => onDone('remove')}>
              {t('editor.remove')}
            </Button>
          ) : null}
          <span className="grow" />
          <Button onClick={() => onDone(null)}>{t('action.close')}</Button>
          <Button type="primary" disabled={!good} onClick={() => onDone(phrase)}>
            {t('editor.take')}
          </Button>
        </div>
      }
    >
      <Field label={t('editor.link-address')}>
        {id => (
          <LineText
            id={id}
            label={t('editor.link-address')}
            locked={false}
            look={look}
            ask={ask}
            value={phrase}
            onChange={setPhrase}
          />
        )}
      </Field>
      <p className="small muted">{t('editor.link-hint')}</p>
    </Modal>
  )
}
