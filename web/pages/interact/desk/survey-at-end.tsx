import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Field, Input, Panel, Radio } from '../../../kit/index.ts'
import type { QuestionBody, ToAsk } from '../surveys/types.ts'
import type { TaskDraft } from './task-draft.ts'

interface SurveyAtEndProps {
  customerId: number
  draft: TaskDraft
  change: (part: Partial<TaskDraft>) => void
  active: boolean
}

/** What is asked before one says good-bye: three questions at most, taken along with the outcome. */
export function SurveyAtEnd({ customerId, draft, change, active }: SurveyAtEndProps) {
  const { t, say } = useText()
  const asked = useGet<ToAsk>(`/surveys/to-ask?customer=${customerId}`)
  const survey = asked.data?.survey
  if (!survey) return null
  const { surveyId, body } = survey
  const said = draft.survey?.surveyId === surveyId ? draft.survey.answers : null
  const declined = said !== null && Object.keys(said).length === 0
  const set = (attribute: string, value: string) =>
    change({ survey: { surveyId, answers: { ...said, [attribute]: value } } })
  return (
    <Panel
      title={t('sv.at-end', { name: say(body.name) })}
      extra={
        <Button
          size="small"
          disabled={!active}
          aria-pressed={declined}
          type={declined ? 'primary' : 'default'}
          onClick={() => change({ survey: declined ? null : { surveyId, answers: {} } })}
        >
          {t('sv.rather-not')}
        </Button>
      }
    >
      <div className="stack tight">
        {body.questions.map(question => (
          <Answer
            key={question.attribute}
            question={question}
            value={said?.[question.attribute] ?? ''}
            disabled={!active || declined}
            onChange={value => set(question.attribute, value)}
          />
        ))}
      </div>
    </Panel>
  )
}

const STEPS = { satisfaction: [1, 2, 3, 4, 5], recommendation: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } as const

interface AnswerProps {
  question: QuestionBody
  value: string
  disabled: boolean
  onChange: (value: string) => void
}

function Answer({ question, value, disabled, onChange }: AnswerProps) {
  const { say } = useText()
  const { kind, ask, options } = question
  if (kind === 'text')
    return (
      <Field label={say(ask)}>
        {id => (
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={2000}
            value={value}
            disabled={disabled}
            onChange={event => onChange(event.target.value)}
          />
        )}
      </Field>
    )
  const choices =
    kind === 'choice'
      ? options.map(option => ({ value: option.value, label: say(option.label) }))
      : STEPS[kind].map(step => ({ value: String(step), label: String(step) }))
  return (
    <div className="field">
      <span className="label">{say(ask)}</span>
      <Radio.Group
        aria-label={say(ask)}
        optionType={kind === 'choice' ? 'default' : 'button'}
        value={value}
        disabled={disabled}
        options={choices}
        onChange={event => onChange(String(event.target.value))}
      />
    </div>
  )
}
