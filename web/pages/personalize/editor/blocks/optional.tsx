import { useText } from '../../../../i18n/use-text.ts'
import { Checkbox } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'
import { LineField } from '../line-field.tsx'
import type { BlockOf } from '../model.ts'
import { Inside } from './inside.tsx'

/** A part that whoever fills the letter may leave out. */
export function OptionalBody({ block }: { block: BlockOf<'optional'> }) {
  const { t } = useText()
  const { locked, change } = useEditorKnows()
  return (
    <div className="stack tight">
      <LineField
        label={t('editor.part-title')}
        value={block.title}
        onChange={title => change({ ...block, title }, `${block.id} title`)}
      />
      <Checkbox
        disabled={locked}
        checked={block.on}
        onChange={({ target }) => change({ ...block, on: target.checked })}
      >
        {t('editor.part-on')}
      </Checkbox>
      <Inside block={block} list="blocks" blocks={block.blocks} label={t('editor.inside')} />
    </div>
  )
}
