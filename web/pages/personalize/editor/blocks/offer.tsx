import { useText } from '../../../../i18n/use-text.ts'
import { Field, Segmented, Select } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'
import { LineField } from '../line-field.tsx'
import type { BlockOf } from '../model.ts'
import { Inside } from './inside.tsx'

/** What the plan chose for this customer, in the space that is left or always, and what stands there otherwise. */
export function OfferBody({ block }: { block: BlockOf<'offer'> }) {
  const { t, say } = useText()
  const { fields, change, locked } = useEditorKnows()
  const groups = fields.filter(({ type, list }) => type === 'object' && list === null)
  const line = (id: 'label' | 'body' | 'note' | 'codeLabel', label: string) => (
    <LineField
      label={label}
      value={block[id]}
      onChange={value => change({ ...block, [id]: value }, `${block.id} ${id}`)}
    />
  )
  return (
    <div className="stack tight">
      <div className="row wrap">
        <Field label={t('editor.offer-contents')}>
          {id => (
            <Select
              id={id}
              mode="multiple"
              disabled={locked}
              value={block.contents}
              options={groups.map(({ path, name }) => ({ value: path, label: say(name) }))}
              onChange={(contents: string[]) => contents.length > 0 && change({ ...block, contents })}
            />
          )}
        </Field>
        <Segmented<'always' | 'left'>
          value={block.space}
          disabled={locked}
          onChange={space => change({ ...block, space })}
          options={[
            { value: 'always', label: t('editor.space-always') },
            { value: 'left', label: t('editor.space-left') },
          ]}
        />
      </div>
      {line('label', t('editor.offer-label'))}
      {line('body', t('editor.offer-body'))}
      {line('note', t('editor.offer-note'))}
      {line('codeLabel', t('editor.offer-code'))}
      <Inside block={block} list="fallback" blocks={block.fallback} label={t('editor.fallback-blocks')} />
    </div>
  )
}
