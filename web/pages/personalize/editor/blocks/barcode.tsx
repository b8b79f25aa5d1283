import { useText } from '../../../../i18n/use-text.ts'
import { Field, Select } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'
import { LineField, PhraseField } from '../line-field.tsx'
import type { BlockOf } from '../model.ts'
import { Sized } from './sized.tsx'

const symbologies = ['qr', 'code128', 'datamatrix'] as const

export function BarcodeBody({ block }: { block: BlockOf<'barcode'> }) {
  const { t, term } = useText()
  const { change, locked } = useEditorKnows()
  return (
    <div className="stack tight">
      <div className="row wrap">
        <Field label={t('editor.symbology')}>
          {id => (
            <Select
              id={id}
              disabled={locked}
              value={block.symbology}
              popupMatchSelectWidth={180}
              options={symbologies.map(value => ({ value, label: term('symbology', value) }))}
              onChange={symbology => change({ ...block, symbology })}
            />
          )}
        </Field>
        <Sized block={block} />
      </div>
      <PhraseField
        label={t('editor.barcode-value')}
        value={block.value}
        onChange={value => change({ ...block, value }, `${block.id} value`)}
      />
      <LineField
        label={t('editor.alt')}
        value={block.alt}
        onChange={alt => change({ ...block, alt }, `${block.id} alt`)}
      />
    </div>
  )
}
