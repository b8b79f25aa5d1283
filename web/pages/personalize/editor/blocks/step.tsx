import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { useText } from '../../../../i18n/use-text.ts'
import { Button, Field, Input, Select } from '../../../../kit/index.ts'
import { allBlocks } from '../block-tree.ts'
import { useEditorKnows } from '../editor-context.ts'
import { LineField } from '../line-field.tsx'
import type { BlockOf, ScriptField } from '../model.ts'

const kinds = ['text', 'choice', 'phone', 'email', 'consent'] as const

/** One thing an agent says, what is asked there, and where each answer leads. */
export function StepBody({ block }: { block: BlockOf<'step'> }) {
  const { t } = useText()
  const { change, locked, blocks } = useEditorKnows()
  const steps = allBlocks(blocks).filter(one => one.type === 'step' && one.id !== block.id)
  const putField = (at: number, field: ScriptField | null) =>
    change(
      { ...block, fields: field ? block.fields.with(at, field) : block.fields.toSpliced(at, 1) },
      `${block.id} field ${at}`,
    )
  const putNext = (at: number, next: (typeof block.next)[number] | null) =>
    change({ ...block, next: next ? block.next.with(at, next) : block.next.toSpliced(at, 1) }, `${block.id} next ${at}`)
  return (
    <div className="stack tight">
      <LineField
        label={t('editor.step-title')}
        value={block.title}
        onChange={title => change({ ...block, title }, `${block.id} title`)}
      />
      <LineField
        label={t('editor.step-say')}
        value={block.say}
        onChange={say => change({ ...block, say }, `${block.id} say`)}
      />
      {block.fields.map((field, at) => (
        <Asked key={field.id} field={field} onChange={next => putField(at, next)} />
      ))}
      {block.next.map((next, at) => {
        // Answers have no names of their own.
        const key = `${at} ${next.to}`
        return (
          <fieldset key={key} className="block-row">
            <legend className="small muted">{t('editor.answer', { number: at + 1 })}</legend>
            <LineField
              label={t('editor.answer-words')}
              value={next.answer}
              onChange={answer => putNext(at, { ...next, answer })}
            />
            <Field label={t('editor.answer-to')}>
              {id => (
                <Select
                  id={id}
                  disabled={locked}
                  value={next.to}
                  options={steps.map(step => ({ value: step.id, label: step.id }))}
                  onChange={to => putNext(at, { ...next, to })}
                />
              )}
            </Field>
            {locked ? null : (
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('editor.remove')}
                onClick={() => putNext(at, null)}
              />
            )}
          </fieldset>
        )
      })}
      {locked ? null : (
        <div className="row">
          <Button
            size="small"
            icon={<PlusOutlined />}
            disabled={block.fields.length >= 10}
            onClick={() => {
              const id =
                Array.from({ length: 20 }, (_, n) => `field${n + 1}`).find(
                  name => !block.fields.some(field => field.id === name),
                ) ?? 'field'
              change({ ...block, fields: [...block.fields, { id, label: {}, kind: 'text', options: [] }] })
            }}
          >
            {t('editor.add-question')}
          </Button>
          <Button
            size="small"
            icon={<PlusOutlined />}
            disabled={steps.length === 0 || block.next.length >= 10}
            onClick={() => change({ ...block, next: [...block.next, { answer: {}, to: steps[0]?.id ?? '' }] })}
          >
            {t('editor.add-answer')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Asked({ field, onChange }: { field: ScriptField; onChange: (field: ScriptField | null) => void }) {
  const { t, term } = useText()
  const { locked } = useEditorKnows()
  return (
    <fieldset className="block-row">
      <legend className="small muted">{t('editor.question')}</legend>
      <LineField
        label={t('editor.question-label')}
        value={field.label}
        onChange={label => onChange({ ...field, label })}
      />
      <div className="row wrap">
        <Field label={t('editor.question-kind')}>
          {id => (
            <Select
              id={id}
              disabled={locked}
              value={field.kind}
              popupMatchSelectWidth={160}
              options={kinds.map(value => ({ value, label: term('question', value) }))}
              onChange={kind => onChange({ ...field, kind })}
            />
          )}
        </Field>
        <Field label={t('editor.question-golden')}>
          {id => (
            <Input
              id={id}
              disabled={locked}
              value={field.golden ?? ''}
              onChange={event => {
                const { golden: _, ...rest } = field
                onChange(event.target.value === '' ? rest : { ...rest, golden: event.target.value })
              }}
            />
          )}
        </Field>
        {locked ? null : (
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('editor.remove')}
            onClick={() => onChange(null)}
          />
        )}
      </div>
      {field.kind === 'choice'
        ? field.options.map((option, at) => (
            <LineField
              key={option.value}
              label={option.value}
              value={option.label}
              onChange={label => onChange({ ...field, options: field.options.with(at, { ...option, label }) })}
            />
          ))
        : null}
      {field.kind === 'choice' && !locked ? (
        <div>
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() =>
              onChange({
                ...field,
                options: [...field.options, { value: `option-${field.options.length + 1}`, label: {} }],
              })
            }
          >
            {t('editor.add-option')}
          </Button>
        </div>
      ) : null}
    </fieldset>
  )
}
