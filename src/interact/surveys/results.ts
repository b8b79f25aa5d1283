/** What a survey told: of each customer the latest answer, by channel and segment, with 95 % intervals. */
import { segmentNames } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { type Share, shareOf } from '../team/shares.ts'
import { type Response, responseTo } from './response.ts'
import type { Question } from './survey.ts'
import { stepsOf } from './survey.ts'
import { surveyOf } from './survey-store.ts'

const ANSWERS = `
WITH
  latest AS (
    SELECT customer_id, argMax(payload, at) AS said, argMax(toString(channel), at) AS answered_by
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
    SELECT customer_id, answered_by, pair.1 AS attribute, pair.2 AS value
    FROM latest ARRAY JOIN JSONExtractKeysAndValues(said, 'answers', 'String') AS pair
  )
SELECT attribute, segment, answered_by AS channel, value, count() AS customers
FROM answers LEFT JOIN segments USING (customer_id)
WHERE attribute IN {measured:Array(String)}
GROUP BY attribute, segment, channel, value
ORDER BY attribute, segment, channel, value`

const WORDS = `
SELECT customer_id AS customerId, JSONExtractString(payload, 'answers', {attribute:String}) AS text, toString(at) AS at
FROM events FINAL
WHERE type = 'survey-answered' AND JSONExtractUInt(payload, 'survey') = {survey:UInt32} AND text != ''
ORDER BY events.at DESC LIMIT 200`

interface AnswerRow {
  attribute: string
  segment: string
  channel: string
  value: string
  customers: number
}

export interface Measure {
  n: number
  /** Of satisfaction: the mean; of recommendation: the net promoter score, −100 to 100; null without answers. */
  value: number | null
  low: number | null
  high: number | null
  counts: Record<string, number>
  /** Of satisfaction: those who gave 4 or 5 (CSAT). */
  satisfied: Share | null
}

export interface QuestionResult {
  attribute: string
  all: Measure
  /** By which the answer came. Who answers on the telephone says kinder things than who answers a mail: never one figure without these. */
  channels: { channel: string; measure: Measure }[]
  segments: { code: string; name: Text; measure: Measure }[]
}

export interface SurveyResults {
  response: Response
  questions: QuestionResult[]
  words: { attribute: string; rows: { customerId: number; text: string; at: string }[] }[]
}

export async function resultsOf(app: App, surveyId: number): Promise<SurveyResults> {
  const survey = await surveyOf(app, surveyId)
  const measured = survey.body.questions.filter(question => question.kind !== 'text')
  const spoken = survey.body.questions.filter(question => question.kind === 'text')
  const segmentsRun = (await app.runs.latest('segments')) ?? 0
  const [rows, names, words, response] = await Promise.all([
    app.facts.query<AnswerRow>(ANSWERS, {
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
    responseTo(app, surveyId),
  ])
  const questions = measured.map(question => {
    const own = rows.filter(row => row.attribute === question.attribute)
    const codes = [...new Set(own.map(row => row.segment))].filter(code => code !== '')
    const of = (some: typeof own) => measureOf(question, sumUp(some))
    return {
      attribute: question.attribute,
      all: of(own),
      channels: [...new Set(own.map(row => row.channel))].map(channel => ({
        channel,
        measure: of(own.filter(row => row.channel === channel)),
      })),
      segments: codes.map(code => ({
        code,
        name: names.get(code) ?? { en: code, zh: code },
        measure: of(own.filter(row => row.segment === code)),
      })),
    }
  })
  return { response, questions, words }
}

function sumUp(rows: readonly { value: string; customers: number }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { value, customers } of rows) counts[value] = (counts[value] ?? 0) + customers
  return counts
}

const Z = 1.96

/**
 * Of satisfaction the mean with a normal interval over one answer more at each end of the scale (as Agresti and Coull widen a share's, so that
 * twenty equal answers are no certainty), and the share of 4 and 5 with Wilson's. Of recommendation the net promoter score: the
 * share of 9 and 10 less that of 0 to 6, with the adjusted Wald interval of Rocks (The American Statistician 70, 2016): three answers more,
 * ¾ of them for and ¾ against, so that few answers that agree are no certainty.
 */
export function measureOf(question: Pick<Question, 'kind'>, counts: Record<string, number>): Measure {
  const n = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const none = { n, value: null, low: null, high: null, counts, satisfied: null }
  if (stepsOf(question).length === 0 || n === 0) return none
  return question.kind === 'recommendation'
    ? { ...none, ...promoters(counts, n) }
    : { ...none, ...mean(counts, n), satisfied: shareOf((counts['4'] ?? 0) + (counts['5'] ?? 0), n) }
}

type Figure = Pick<Measure, 'value' | 'low' | 'high'>

function promoters(counts: Record<string, number>, n: number): Figure {
  const of = (has: (step: number) => boolean) =>
    Object.entries(counts).reduce((sum, [value, count]) => sum + (has(Number(value)) ? count : 0), 0)
  const [fans, critics] = [of(step => step >= 9), of(step => step <= 6)]
  const all = n + 3
  const [p, q] = [(fans + 0.75) / all, (critics + 0.75) / all]
  const half = Z * Math.sqrt((p + q - (p - q) ** 2) / all)
  return {
    value: (100 * (fans - critics)) / n,
    low: Math.max(-100, 100 * (p - q - half)),
    high: Math.min(100, 100 * (p - q + half)),
  }
}

function mean(counts: Record<string, number>, n: number): Figure {
  const entries = Object.entries(counts).map(([value, count]) => [Number(value), count] as const)
  const sums = (more: readonly (readonly [number, number])[]) =>
    more.reduce((sum, [step, count]) => sum + step * count, 0)
  const wider = [...entries, [1, 1], [5, 1]] as const
  const middle = sums(wider) / (n + 2)
  const squares = wider.reduce((sum, [step, count]) => sum + (step - middle) ** 2 * count, 0)
  const half = Z * Math.sqrt(squares / (n + 1) / (n + 2))
  return { value: sums(entries) / n, low: Math.max(1, middle - half), high: Math.min(5, middle + half) }
}
