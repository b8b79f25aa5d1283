/** A survey: three questions at most, because the fourth costs more answers than it brings. */
import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

const attribute = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/)

export const questionSchema = z
  .strictObject({
    /** Name of the research attribute that the answer becomes. */
    attribute,
    /** satisfaction: 1 to 5 (CSAT) · recommendation: 0 to 10 (NPS) · choice: one of the options · text: in own words. */
    kind: z.enum(['satisfaction', 'recommendation', 'choice', 'text']),
    ask: textSchema,
    options: z
      .array(z.strictObject({ value: z.string().min(1).max(80), label: textSchema }))
      .max(12)
      .default([]),
  })
  .refine(question => (question.kind === 'choice') === question.options.length > 0, {
    message: 'a choice needs options, other questions have none / 选择题需要选项，其他题目不需要',
  })

/** Where somebody who is there anyway is asked, without an invitation. */
export const SURVEY_PLACES = ['portal', 'kiosk', 'desk'] as const
export type SurveyPlace = (typeof SURVEY_PLACES)[number]

export const surveySchema = z.strictObject({
  name: textSchema,
  where: z.array(z.enum(SURVEY_PLACES)).max(SURVEY_PLACES.length).default([]),
  questions: z
    .array(questionSchema)
    .min(1)
    .max(3)
    .refine(list => new Set(list.map(({ attribute }) => attribute)).size === list.length, {
      message: 'two questions have one attribute / 两个问题使用了同一属性',
    }),
  thanks: textSchema,
})
export type Survey = z.output<typeof surveySchema>
export type Question = Survey['questions'][number]

const SCALES = { satisfaction: [1, 5], recommendation: [0, 10] } as const

/** The values a scale has, in order; empty for questions that are none. */
export const stepsOf = ({ kind }: Pick<Question, 'kind'>): number[] => {
  const scale = kind === 'satisfaction' || kind === 'recommendation' ? SCALES[kind] : undefined
  return scale ? Array.from({ length: scale[1] - scale[0] + 1 }, (_, i) => scale[0] + i) : []
}

/** What was answered, by attribute; unanswered questions are left out. Null: the answer is none of those asked for. */
export function readAnswers(survey: Survey, given: Readonly<Record<string, string>>): Record<string, string> | null {
  const read: Record<string, string> = {}
  for (const question of survey.questions) {
    const value = (given[question.attribute] ?? '').normalize('NFKC').trim()
    if (value === '') continue
    const steps = stepsOf(question)
    if (steps.length > 0 && !steps.map(String).includes(value)) return null
    if (question.kind === 'choice' && !question.options.some(option => option.value === value)) return null
    // Attributes hold 200 characters; the whole words stand in the event.
    read[question.attribute] = value.slice(0, 2000)
  }
  return read
}
