import { useText } from '../../../i18n/use-text.ts'
import { Field, Input, Panel } from '../../../kit/index.ts'
import type { LetterPartProps } from './letter-regions.tsx'

/** What only the agent knows: a reference, an amount agreed on. */
export function LetterFields({ form, content, change }: LetterPartProps) {
  const { t } = useText()
  return (
    <Panel title={t('letters.fields')}>
      <div className="fields">
        {form.fields.map(field => (
          <Field key={field.name} label={field.required ? `${field.title} (${t('letters.required')})` : field.title}>
            {id => (
              <Input
                id={id}
                maxLength={500}
                value={content.fields[field.name] ?? ''}
                onChange={event => change({ fields: { ...content.fields, [field.name]: event.target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
    </Panel>
  )
}
