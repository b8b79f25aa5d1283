import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useChangeOf } from '../../../api/use-change.ts'
import { uuid } from '../../../api/uuid.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Drawer, Field, Input, Select, useProblem } from '../../../kit/index.ts'
import type { QuestionBody, SurveyBody } from './types.ts'

const KINDS = ['satisfaction', 'recommendation', 'choice', 'text'] as const
const PLACES = ['portal', 'kiosk', 'desk'] as const
const MOST = 3
const blank = (index: number): QuestionBody => ({
  attribute: `answer_${index + 1}`,
  kind: 'satisfaction',
  ask: { en: '', zh: '' },
  options: [],
})

interface SurveyFormProps {
  survey?: { id: number; body: SurveyBody }
  onClose: (id: number | null) => void
}

/** Name, three questions at most and thanks, each in both languages. */
export function SurveyForm({ survey, onClose }: SurveyFormProps) {
  const { t } = useText()
  const problem = useProblem()
  const [draft, setDraft] = useState<SurveyBody>(
    survey?.body ?? {
      name: { en: '', zh: '' },
      where: [],
      questions: [blank(0)],
      thanks: { en: '', zh: '' },
    },
  )
  // Questions have no name but their place, which changes when one is taken away.
  const [keys, setKeys] = useState(() => draft.questions.map(() => uuid()))
  const save = useChangeOf<{ surveyId: number }>(['/surveys'], ({ surveyId }) => onClose(surveyId))
  const change = (index: number, part: Partial<QuestionBody>) =>
    setDraft({ ...draft, questions: draft.questions.with(index, { ...draft.questions[index]!, ...part }) })
  const whole = (text: { en: string; zh: string }) => text.en.trim() !== '' && text.zh.trim() !== ''
  const ready = whole(draft.name) && whole(draft.thanks) && draft.questions.every(question => whole(question.ask))
  return (
    <Drawer open size={620} title={t(survey ? 'sv.change' : 'sv.add')} onClose={() => onClose(null)}>
      <div className="stack">
        <InBoth label={t('sv.name')} value={draft.name} onChange={name => setDraft({ ...draft, name })} />
        <Field label={t('sv.where')}>
          {id => (
            <Select
              id={id}
              mode="multiple"
              placeholder={t('sv.where-none')}
              value={draft.where}
              onChange={(where: SurveyBody['where']) => setDraft({ ...draft, where })}
              options={PLACES.map(value => ({ value, label: t(`sv.where.${value}`) }))}
            />
          )}
        </Field>
        {draft.questions.map((question, index) => (
          <fieldset key={keys[index]} className="stack boxed">
            <legend>{t('sv.question', { n: index + 1 })}</legend>
            <Field label={t('sv.kind')}>
              {id => (
                <Select
                  id={id}
                  value={question.kind}
                  onChange={(kind: QuestionBody['kind']) =>
                    change(index, {
                      kind,
                      options: kind === 'choice' ? [{ value: 'a', label: { en: '', zh: '' } }] : [],
                    })
                  }
                  options={KINDS.map(kind => ({ value: kind, label: t(`sv.kind.${kind}`) }))}
                />
              )}
            </Field>
            <InBoth label={t('sv.ask')} value={question.ask} onChange={ask => change(index, { ask })} />
            <Field label={t('sv.attribute')}>
              {id => (
                <Input
                  id={id}
                  value={question.attribute}
                  onChange={event => change(index, { attribute: event.target.value })}
                />
              )}
            </Field>
            {question.kind === 'choice' ? (
              <Field label={t('sv.options')}>
                {id => (
                  <Input.TextArea
                    id={id}
                    autoSize={{ minRows: 3, maxRows: 12 }}
                    defaultValue={question.options
                      .map(({ value, label }) => `${value} | ${label.zh} | ${label.en}`)
                      .join('\n')}
                    onBlur={event => change(index, { options: optionsOf(event.target.value) })}
                  />
                )}
              </Field>
            ) : null}
            {draft.questions.length > 1 ? (
              <Button
                icon={<DeleteOutlined />}
                onClick={() => {
                  setKeys(keys.toSpliced(index, 1))
                  setDraft({ ...draft, questions: draft.questions.toSpliced(index, 1) })
                }}
              >
                {t('sv.remove')}
              </Button>
            ) : null}
          </fieldset>
        ))}
        {draft.questions.length < MOST ? (
          <Button
            icon={<PlusOutlined />}
            onClick={() => {
              setKeys([...keys, uuid()])
              setDraft({ ...draft, questions: [...draft.questions, blank(draft.questions.length)] })
            }}
          >
            {t('sv.add-question')}
          </Button>
        ) : (
          <p className="note">{t('sv.three')}</p>
        )}
        <InBoth label={t('sv.thanks')} value={draft.thanks} onChange={thanks => setDraft({ ...draft, thanks })} />
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <Button
          type="primary"
          disabled={!ready}
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              survey
                ? { method: 'PUT', path: `/surveys/${survey.id}`, body: draft }
                : { method: 'POST', path: '/surveys', body: draft },
            )
          }
        >
          {t('sv.save')}
        </Button>
      </div>
    </Drawer>
  )
}

interface InBothProps {
  label: string
  value: { en: string; zh: string }
  onChange: (value: { en: string; zh: string }) => void
}

function InBoth({ label, value, onChange }: InBothProps) {
  const { t } = useText()
  return (
    <>
      <Field label={t('sv.in-zh', { label })}>
        {id => <Input id={id} value={value.zh} onChange={event => onChange({ ...value, zh: event.target.value })} />}
      </Field>
      <Field label={t('sv.in-en', { label })}>
        {id => <Input id={id} value={value.en} onChange={event => onChange({ ...value, en: event.target.value })} />}
      </Field>
    </>
  )
}

/** A line an option: `value | 中文 | English`. */
const optionsOf = (text: string): QuestionBody['options'] =>
  text
    .split('\n')
    .map(line => line.split('|').map(part => part.trim()))
    .flatMap(([value = '', zh = value, en = zh]) => (value === '' ? [] : [{ value, label: { zh, en } }]))
