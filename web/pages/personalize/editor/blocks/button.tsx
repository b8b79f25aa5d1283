import { useText } from '../../../../i18n/use-text.ts'
import { useEditorKnows } from '../editor-context.ts'
import { LineField, PhraseField } from '../line-field.tsx'
import type { BlockOf } from '../model.ts'

export function ButtonBody({ block }: { block: BlockOf<'button'> }) {
  const { t } = useText()
  const { change } = useEditorKnows()
  return (
    <div className="stack tight">
      <LineField
        label={t('editor.button-label')}
        value={block.label}
        onChange={label => change({ ...block, label }, `${block.id} label`)}
      />
      <PhraseField
        label={t('editor.link-address')}
        value={block.link}
        onChange={link => change({ ...block, link }, `${block.id} link`)}
      />
    </div>
  )
}
