/** What a survey told: of each customer the latest answer, by segment, with 95 % intervals. */
import { segmentNames } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { Question } from './survey.ts'
import { stepsOf } from './survey.ts'
import { surveyOf } from './survey-store.ts'

const ANSWERS = `
WITH
  latest AS (
    SELECT customer_id, argMax(payload, at) AS said
    FROM events FINAL
    WHERE type = 'survey-answered' AND JSONExtractUInt(payload, 'survey') = {survey:UInt32}
    GROUP BY customer_id
  ),
  segments AS (
    SELECT customer_id, toString(any(segment)) AS segment FROM segment_members
    WHERE run_id = {segmentsRun:UInt64} AND customer_id IN (SELECT customer_id FROM latest)
    GROUP BY customer_id
  ),
  answers AS (
    SELECT customer_id, pair.1 AS attribute, pair.2 AS value
    FROM latest ARRAY JOIN JSONExtractKeysAndValues(said, 'answers', 'String') AS pair
  )
SELECT attribute, segment, value, count() AS customers
FROM answers LEFT JOIN segments USING (customer_id)
WHERE attribute IN {measured:Array(String)}
GROUP BY attribute, segment, value
ORDER BY attribute, segment, value`

const WORDS = `
SELECT customer_id AS customerId, JSONExtractString(payload, 'answers', {attribute:String}) AS text, toString(at) AS at
FROM events FINAL
WHERE type = 'survey-answered' AND JSONExtractUInt(payload, 'survey') = {survey:UInt32} AND text != ''
ORDER BY events.at DESC LIMIT 200`

export interface Measure {
  n: number
  /** Of satisfaction: the mean; of recommendation: the net promoter score, −100 to 100; null without answers. */
  value: number | null
  low: number | null
  high: number | null
  counts: Record<string, number>
}

export interface QuestionResult {
  attribute: string
  all: Measure
  segments: { code: string; name: Text; measure: Measure }[]
}

export interface SurveyResults {
  asked: number
  answered: number
  questions: QuestionResult[]
  words: { attribute: string; rows: { customerId: number; text: string; at: string }[] }[]
}

export async function resultsOf(app: App, surveyId: number): Promise<SurveyResults> {
  const survey = await surveyOf(app, surveyId)
  const measured = survey.body.questions.filter(question => question.kind !== 'text')
  const spoken = survey.body.questions.filter(question => question.kind === 'text')
  const segmentsRun = (await app.runs.latest('segments')) ?? 0
  const [rows, names, words, counts] = await Promise.all([
    app.facts.query<{ attribute: string; segment: string; value: string; customers: number }>(ANSWERS, {
      survey: surveyId,
      segmentsRun,
      measured: measured.map(question => question.attribute),
    }),
    segmentsRun === 0 ? new Map<string, Text>() : segmentNames(app),
    Promise.all(
      spoken.map(async ({ attribute }) => ({
        attribute,
        rows: await app.facts.query<{ customerId: number; text: string; at: string }>(WORDS, {
          survey: surveyId,
          attribute,
        }),
      })),
    ),
    invitationsOf(app, surveyId),
  ])
  const questions = measured.map(question => {
    const own = rows.filter(row => row.attribute === question.attribute)
    const codes = [...new Set(own.map(row => row.segment))].filter(code => code !== '')
    const of = (some: typeof own) => measureOf(question, sumUp(some))
    return {
      attribute: question.attribute,
      all: of(own),
      segments: codes.map(code => ({
        code,
        name: names.get(code) ?? { en: code, zh: code },
        measure: of(own.filter(row => row.segment === code)),
      })),
    }
  })
  return { ...counts, questions, words }
}

function sumUp(rows: readonly { value: string; customers: number }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { value, customers } of rows) counts[value] = (counts[value] ?? 0) + customers
  return counts
}

/** Mean of scores with its normal interval; the net promoter score is the mean of +100 (9, 10), 0 (7, 8) and −100 (0 to 6). */
export function measureOf(question: Pick<Question, 'kind'>, counts: Record<string, number>): Measure {
  const n = Object.values(counts).reduce((sum, count) => sum + count, 0)
  if (stepsOf(question).length === 0 || n === 0) return { n, value: null, low: null, high: null, counts }
  const score = (value: string): number => {
    const step = Number(value)
    if (question.kind !== 'recommendation') return step
    return step >= 9 ? 100 : step >= 7 ? 0 : -100
  }
  const entries = Object.entries(counts)
  const mean = entries.reduce((sum, [value, count]) => sum + score(value) * count, 0) / n
  const squares = entries.reduce((sum, [value, count]) => sum + (score(value) - mean) ** 2 * count, 0)
  const half = n > 1 ? 1.96 * Math.sqrt(squares / (n - 1) / n) : null
  const [least, most] = question.kind === 'recommendation' ? [-100, 100] : [1, 5]
  return {
    n,
    value: mean,
    low: half === null ? null : Math.max(least, mean - half),
    high: half === null ? null : Math.min(most, mean + half),
    counts,
  }
}

async function invitationsOf(app: App, surveyId: number): Promise<{ asked: number; answered: number }> {
  const rows = await app.workflow.db
    .selectFrom('survey_invitations')
    .select(eb => ['state', eb.fn.countAll<number>().as('n')])
    .where('survey_id', '=', surveyId)
    .groupBy('state')
    .execute()
  const of = (state: string) => Number(rows.find(row => row.state === state)?.n ?? 0)
  return { asked: of('asked') + of('answered'), answered: of('answered') }
}
