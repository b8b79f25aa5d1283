import { useText } from '../../../../i18n/use-text.ts'
import { Field, InputNumber } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'
import type { BlockOf } from '../model.ts'

export function SpaceBody({ block }: { block: BlockOf<'space'> }) {
  const { t } = useText()
  const { change, locked } = useEditorKnows()
  return (
    <Field label={t('editor.height-mm')}>
      {id => (
        <InputNumber
          id={id}
          disabled={locked}
          min={1}
          max={277}
          value={block.height}
          onChange={height => change({ ...block, height: Number(height ?? 1) }, `${block.id} height`)}
        />
      )}
    </Field>
  )
}
