import { useText } from '../../../../i18n/use-text.ts'
import { useEditorKnows } from '../editor-context.ts'
import type { BlockOf } from '../model.ts'
import { WhenEditor } from '../when-editor.tsx'
import { Inside } from './inside.tsx'

export function ConditionBody({ block }: { block: BlockOf<'condition'> }) {
  const { t } = useText()
  const { fields, criteria, locked, change } = useEditorKnows()
  return (
    <div className="stack tight">
      <WhenEditor
        when={block.test}
        fields={fields}
        criteria={criteria}
        locked={locked}
        onChange={(test, about) => change({ ...block, test }, `${block.id} ${about ?? ''}`)}
      />
      <Inside block={block} list="blocks" blocks={block.blocks} label={t('editor.then')} />
      <Inside block={block} list="otherwise" blocks={block.otherwise} label={t('editor.otherwise')} />
    </div>
  )
}
