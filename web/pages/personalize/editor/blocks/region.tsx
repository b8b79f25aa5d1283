import { useText } from '../../../../i18n/use-text.ts'
import { Segmented } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'
import { LineField } from '../line-field.tsx'
import type { BlockOf } from '../model.ts'
import { Inside } from './inside.tsx'

/** A part of an interactive letter that the agent writes anew, or may not touch. */
export function RegionBody({ block }: { block: BlockOf<'region'> }) {
  const { t } = useText()
  const { locked, change } = useEditorKnows()
  return (
    <div className="stack tight">
      <Segmented<'open' | 'locked'>
        value={block.mode}
        disabled={locked}
        onChange={mode => change({ ...block, mode })}
        options={[
          { value: 'open', label: t('editor.region-open') },
          { value: 'locked', label: t('editor.region-locked') },
        ]}
      />
      <LineField
        label={t('editor.part-title')}
        value={block.title}
        onChange={title => change({ ...block, title }, `${block.id} title`)}
      />
      <Inside block={block} list="blocks" blocks={block.blocks} label={t('editor.inside')} />
    </div>
  )
}
