import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { useText } from '../../../../i18n/use-text.ts'
import { Button } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'
import { LineField, PhraseField } from '../line-field.tsx'
import type { BlockOf } from '../model.ts'

/** The postal address for the window of the envelope, and what stands beside it. */
export function AddressBody({ block }: { block: BlockOf<'address'> }) {
  const { t } = useText()
  const { change, locked } = useEditorKnows()
  const { facts } = block
  const put = (at: number, fact: (typeof facts)[number] | null) =>
    change({ ...block, facts: fact ? facts.with(at, fact) : facts.toSpliced(at, 1) }, `${block.id} ${at}`)
  const add = () => {
    const id =
      Array.from({ length: 20 }, (_, n) => `fact-${n + 1}`).find(name => !facts.some(fact => fact.id === name)) ??
      'fact'
    change({ ...block, facts: [...facts, { id, label: {}, value: [] }] })
  }
  return (
    <div className="stack tight">
      <p className="small muted">{t('editor.address-hint')}</p>
      {facts.map((fact, at) => (
        <fieldset key={fact.id} className="block-row pair">
          <legend className="small muted">{t('editor.fact', { number: at + 1 })}</legend>
          <LineField
            label={t('editor.fact-label')}
            value={fact.label}
            onChange={label => put(at, { ...fact, label })}
          />
          <PhraseField
            label={t('editor.fact-value')}
            value={fact.value}
            onChange={value => put(at, { ...fact, value })}
          />
          {locked ? null : (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('editor.remove')}
              onClick={() => put(at, null)}
            />
          )}
        </fieldset>
      ))}
      {locked || facts.length >= 8 ? null : (
        <div>
          <Button size="small" icon={<PlusOutlined />} onClick={add}>
            {t('editor.add-fact')}
          </Button>
        </div>
      )}
    </div>
  )
}
