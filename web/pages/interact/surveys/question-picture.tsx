import { useText } from '../../../i18n/use-text.ts'
import { type Column, DataTable, Meter } from '../../../kit/index.ts'
import type { Measure, QuestionBody, SurveyDetail } from './types.ts'

/** Of fewer answers an interval says nothing: three that agree would have one without width. */
const FEW = 10

/** Detractors, passives, promoters. */
const promoterTone = (value: string): 'bad' | 'warn' | 'good' =>
  Number(value) <= 6 ? 'bad' : Number(value) <= 8 ? 'warn' : 'good'

interface Row {
  id: string
  name: string
  measure: Measure
}

/** How many gave which answer, and the mean or the net promoter score with its interval, in all and by segment. */
export function QuestionPicture({
  question,
  result,
}: {
  question: QuestionBody
  result: SurveyDetail['questions'][number]
}) {
  const { t, say, number } = useText()
  const { all } = result
  const labels =
    question.kind === 'choice'
      ? question.options.map(option => [option.value, say(option.label)] as const)
      : Object.keys(all.counts)
          .sort((a, b) => Number(a) - Number(b))
          .map(value => [value, value] as const)
  const digits = question.kind === 'recommendation' ? 0 : 2
  const figure = ({ n, value, low, high }: Measure): string =>
    value === null
      ? '–'
      : low === null || high === null || n < FEW
        ? value.toFixed(digits)
        : t('sv.interval', { value: value.toFixed(digits), low: low.toFixed(digits), high: high.toFixed(digits) })
  const rows: Row[] = [
    { id: '', name: t('sv.everybody'), measure: all },
    ...result.segments.map(({ code, name, measure }) => ({ id: code, name: say(name), measure })),
  ]
  const columns: Column<Row>[] = [
    { id: 'name', title: t('sv.segment'), cell: row => row.name },
    { id: 'n', title: t('sv.answers'), right: true, by: row => row.measure.n, cell: row => number(row.measure.n) },
    {
      id: 'value',
      title: t(question.kind === 'recommendation' ? 'sv.nps' : 'sv.mean'),
      right: true,
      by: row => row.measure.value ?? Number.NEGATIVE_INFINITY,
      cell: row => figure(row.measure),
    },
  ]
  return (
    <div className="stack">
      <dl className="bars">
        {labels.map(([value, label]) => (
          <div key={value} className="row">
            <dt>{label}</dt>
            <dd className="row grow">
              <Meter
                share={(all.counts[value] ?? 0) / all.n}
                label={label}
                tone={question.kind === 'recommendation' ? promoterTone(value) : undefined}
              />
              <span className="muted">{number(all.counts[value] ?? 0)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {question.kind === 'choice' ? null : (
        <DataTable caption={t('sv.segment')} rows={rows} columns={columns} rowId={row => row.id} />
      )}
    </div>
  )
}
