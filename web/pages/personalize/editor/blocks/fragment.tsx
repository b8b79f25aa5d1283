import { Link } from 'react-router'
import { useText } from '../../../../i18n/use-text.ts'
import { Field, Select } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'
import type { BlockOf } from '../model.ts'

/** A piece that stands in many templates, with its own versions. */
export function FragmentBody({ block }: { block: BlockOf<'fragment'> }) {
  const { t, say } = useText()
  const { fragments, change, locked } = useEditorKnows()
  const known = fragments.some(({ id }) => id === block.fragment)
  const options = fragments.map(({ id, title }) => ({ value: id, label: say(title) }))
  return (
    <div className="row wrap">
      <Field label={t('editor.fragment')}>
        {id => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            disabled={locked}
            value={block.fragment}
            status={known ? '' : 'warning'}
            options={known ? options : [...options, { value: block.fragment, label: block.fragment }]}
            popupMatchSelectWidth={240}
            onChange={fragment => change({ ...block, fragment })}
          />
        )}
      </Field>
      <Link to={`/fragments/${block.fragment}`}>{t('editor.open-fragment')}</Link>
    </div>
  )
}
