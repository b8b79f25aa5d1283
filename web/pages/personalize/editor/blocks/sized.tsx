import { useText } from '../../../../i18n/use-text.ts'
import { Field, InputNumber, Select } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'
import type { BlockOf } from '../model.ts'

/** How wide something stands, and where. */
export function Sized({ block }: { block: BlockOf<'picture'> | BlockOf<'barcode'> }) {
  const { t } = useText()
  const { change, locked } = useEditorKnows()
  return (
    <>
      <Field label={t('editor.width-mm')}>
        {id => (
          <InputNumber
            id={id}
            disabled={locked}
            min={1}
            max={277}
            value={block.width}
            onChange={width => change({ ...block, width: Number(width ?? 1) }, `${block.id} width`)}
          />
        )}
      </Field>
      <Field label={t('rt.align')}>
        {id => (
          <Select
            id={id}
            disabled={locked}
            value={block.align}
            options={(['left', 'center', 'right'] as const).map(value => ({
              value,
              label: t(`editor.align-${value}`),
            }))}
            onChange={align => change({ ...block, align })}
          />
        )}
      </Field>
    </>
  )
}
