import type { Field as DataField } from '../../../../api/content.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Field, Select } from '../../../../kit/index.ts'
import { useEditorKnows } from '../editor-context.ts'

interface PathSelectProps {
  label: string
  value: string
  fields: readonly DataField[]
  onChange: (path: string) => void
  /** Paths are told as of a row of this list. */
  within?: string
}

/** A field of the data by its name; one that is not there stays to be seen. */
export function PathSelect({ label, value, fields, onChange, within = '' }: PathSelectProps) {
  const { say } = useText()
  const { locked } = useEditorKnows()
  const options = fields.map(({ path, name }) => ({
    value: within === '' ? path : path.slice(within.length + 1),
    label: say(name),
    words: `${name.en} ${name.zh} ${path}`.toLowerCase(),
  }))
  const known = options.some(option => option.value === value)
  return (
    <Field label={label}>
      {id => (
        <Select
          id={id}
          showSearch
          disabled={locked}
          status={known ? '' : 'warning'}
          value={value}
          options={known ? options : [...options, { value, label: value, words: value }]}
          popupMatchSelectWidth={240}
          filterOption={(typed, option) => (option?.words ?? '').includes(typed.toLowerCase())}
          onChange={onChange}
        />
      )}
    </Field>
  )
}
