import { useState } from 'react'
import type { Field } from '../../../api/content.ts'
import type { Criterion } from '../../../api/segments.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Field as FormField, Input, Modal, Select } from '../../../kit/index.ts'
import { LookedLine } from '../../../kit/rich-text/line-text.tsx'
import type { Chip, FieldChip, WhenChip } from '../../../kit/rich-text/model.ts'
import type { ChipAsk } from '../../../kit/rich-text/rich-text.tsx'
import type { EditorKnows } from './editor-context.ts'
import { printable } from './palette.tsx'
import { WhenEditor } from './when-editor.tsx'

interface ChipDialogProps {
  chip: Chip
  fresh: boolean
  fields: readonly Field[]
  criteria: readonly Criterion[]
  look: EditorKnows['look']
  ask: ChipAsk
  onDone: (chip: Chip | null | 'remove') => void
}

/** What a chip stands for: a field and how it is written, or words that are shown only when something holds. */
export function ChipDialog({ chip: given, fresh, fields, criteria, look, ask, onDone }: ChipDialogProps) {
  const { t } = useText()
  const [chip, setChip] = useState(given)
  const empty = chip.type === 'when' && chip.content.length === 0 && (chip.otherwise ?? []).length === 0
  return (
    <Modal
      open
      title={t(chip.type === 'field' ? 'editor.field' : 'editor.condition')}
      width={640}
      onCancel={() => onDone(null)}
      footer={
        <div className="row">
          {fresh ? null : (
            <Button danger onClick={() => onDone('remove')}>
              {t('editor.remove')}
            </Button>
          )}
          <span className="grow" />
          <Button onClick={() => onDone(null)}>{t('action.close')}</Button>
          <Button type="primary" disabled={empty} onClick={() => onDone(chip)}>
            {t('editor.take')}
          </Button>
        </div>
      }
    >
      {chip.type === 'field' ? (
        <FieldForm chip={chip} fields={fields} onChange={setChip} />
      ) : (
        <WhenForm chip={chip} fields={fields} criteria={criteria} look={look} ask={ask} onChange={setChip} />
      )}
    </Modal>
  )
}

function FieldForm({
  chip,
  fields,
  onChange,
}: {
  chip: FieldChip
  fields: readonly Field[]
  onChange: (chip: FieldChip) => void
}) {
  const { t, say, term, lang } = useText()
  const field = fields.find(({ path }) => path === chip.path)
  const example = field?.examples[lang] ?? Object.values(field?.examples ?? {})[0]
  const options = printable(fields).map(({ path, name }) => ({
    value: path,
    label: `${say(name)} · ${path}`,
    words: `${name.en} ${name.zh} ${path}`.toLowerCase(),
  }))
  return (
    <div className="stack tight">
      <FormField label={t('editor.field')}>
        {id => (
          <Select
            id={id}
            showSearch
            value={chip.path}
            options={options}
            filterOption={(typed, option) => (option?.words ?? '').includes(typed.toLowerCase())}
            onChange={path => {
              const format = fields.find(one => one.path === path)?.formats[0]
              const { format: _, ...rest } = chip
              onChange({ ...rest, path, ...(format ? { format } : {}) })
            }}
          />
        )}
      </FormField>
      {example ? <p className="small muted">{t('editor.for-example', { example })}</p> : null}
      <FormField label={t('editor.format')}>
        {id => (
          <Select
            id={id}
            value={chip.format ?? ''}
            options={['', ...(field?.formats ?? [])].map(value => ({
              value,
              label: value === '' ? t('editor.as-it-is') : term('format', value),
            }))}
            onChange={format => {
              const { format: _, ...rest } = chip
              onChange(format === '' ? rest : { ...rest, format })
            }}
          />
        )}
      </FormField>
      <FormField label={t('editor.fallback')}>
        {id => (
          <Input
            id={id}
            value={chip.fallback ?? ''}
            placeholder={t('editor.fallback-none')}
            onChange={event => {
              const { fallback: _, ...rest } = chip
              onChange(event.target.value === '' ? rest : { ...rest, fallback: event.target.value })
            }}
          />
        )}
      </FormField>
    </div>
  )
}

interface WhenFormProps {
  chip: WhenChip
  fields: readonly Field[]
  criteria: readonly Criterion[]
  look: EditorKnows['look']
  ask: ChipAsk
  onChange: (chip: WhenChip) => void
}

function WhenForm({ chip, fields, criteria, look, ask, onChange }: WhenFormProps) {
  const { t } = useText()
  const line = (id: 'content' | 'otherwise') => (
    <FormField label={t(id === 'content' ? 'editor.then' : 'editor.otherwise')}>
      {field => (
        <LookedLine
          id={field}
          label={t(id === 'content' ? 'editor.then' : 'editor.otherwise')}
          locked={false}
          look={look}
          ask={ask}
          value={chip[id] ?? []}
          onChange={words => {
            const { otherwise, ...rest } = chip
            if (id === 'content') onChange({ ...chip, content: words })
            else onChange(words.length === 0 ? rest : { ...rest, otherwise: words })
          }}
        />
      )}
    </FormField>
  )
  return (
    <div className="stack tight">
      <WhenEditor
        when={chip.when}
        fields={fields}
        criteria={criteria}
        locked={false}
        onChange={when => onChange({ ...chip, when })}
      />
      {line('content')}
      {line('otherwise')}
    </div>
  )
}
