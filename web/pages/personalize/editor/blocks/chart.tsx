import { useText } from '../../../../i18n/use-text.ts'
import { Field, Select } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'
import { LineField } from '../line-field.tsx'
import type { BlockOf } from '../model.ts'
import { PathSelect } from './path-select.tsx'

const kinds = ['months', 'share', 'comparison', 'usage'] as const

/** Drawn from a list of the data; the words for those who do not see it are a must. */
export function ChartBody({ block }: { block: BlockOf<'chart'> }) {
  const { t, term } = useText()
  const { fields, change, locked } = useEditorKnows()
  const lists = fields.filter(({ type, list }) => type === 'list' && list === null)
  return (
    <div className="stack tight">
      <div className="row wrap">
        <Field label={t('editor.chart-kind')}>
          {id => (
            <Select
              id={id}
              disabled={locked}
              value={block.chart}
              popupMatchSelectWidth={200}
              options={kinds.map(value => ({ value, label: term('chart', value) }))}
              onChange={chart => change({ ...block, chart })}
            />
          )}
        </Field>
        <PathSelect
          label={t('editor.chart-from')}
          value={block.from}
          fields={lists}
          onChange={from => change({ ...block, from })}
        />
      </div>
      <LineField
        label={t('editor.chart-title')}
        value={block.title}
        onChange={title => change({ ...block, title }, `${block.id} title`)}
      />
      <LineField
        label={t('editor.alt')}
        value={block.alt}
        onChange={alt => change({ ...block, alt }, `${block.id} alt`)}
      />
    </div>
  )
}
