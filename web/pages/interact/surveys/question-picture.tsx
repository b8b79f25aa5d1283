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
  const { t, say, term, number, percent } = useText()
  const { all } = result
  const labels =
    question.kind === 'choice'
      ? question.options.map(option => [option.value, say(option.label)] as const)
      : Object.keys(all.counts)
          .sort((a, b) => Number(a) - Number(b))
          .map(value => [value, value] as const)
  const digits = question.kind === 'recommendation' ? 0 : 2
  // No minus before a nought.
  const shown = (value: number): string => (Number(value.toFixed(digits)) + 0).toFixed(digits)
  const figure = ({ n, value, low, high }: Measure): string =>
    value === null
      ? '–'
      : low === null || high === null || n < FEW
        ? shown(value)
        : t('sv.interval', { value: shown(value), low: shown(low), high: shown(high) })
  const satisfied = ({ satisfied: yes }: Measure): string =>
    !yes || yes.share === null
      ? '–'
      : t('sv.interval', { value: percent(yes.share, 0), low: percent(yes.low, 0), high: percent(yes.high, 0) })
  const everybody: Row = { id: '', name: t('sv.everybody'), measure: all }
  const byChannel: Row[] = [
    ...(result.channels.length > 1 ? [{ ...everybody, name: t('sv.mixture') }] : []),
    ...result.channels.map(({ channel, measure }) => ({ id: channel, name: term('channel', channel), measure })),
  ]
  const bySegment: Row[] = [
    everybody,
    ...result.segments.map(({ code, name, measure }) => ({ id: code, name: say(name), measure })),
  ]
  const columns = (of: string): Column<Row>[] => [
    { id: 'name', title: of, cell: row => row.name },
    { id: 'n', title: t('sv.answers'), right: true, by: row => row.measure.n, cell: row => number(row.measure.n) },
    {
      id: 'value',
      title: t(question.kind === 'recommendation' ? 'sv.nps' : 'sv.mean'),
      right: true,
      by: row => row.measure.value ?? Number.NEGATIVE_INFINITY,
      cell: row => figure(row.measure),
    },
    ...(question.kind === 'satisfaction'
      ? [
          {
            id: 'satisfied',
            title: t('sv.csat'),
            right: true,
            by: (row: Row) => row.measure.satisfied?.share ?? -1,
            cell: (row: Row) => satisfied(row.measure),
          },
        ]
      : []),
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
        <>
          <DataTable
            caption={t('sv.answered-by')}
            rows={byChannel}
            columns={columns(t('sv.answered-by'))}
            rowId={row => row.id}
          />
          {bySegment.length > 1 ? (
            <details>
              <summary className="soft">{t('sv.by-segment')}</summary>
              <DataTable
                caption={t('sv.segment')}
                rows={bySegment}
                columns={columns(t('sv.segment'))}
                rowId={row => row.id}
              />
            </details>
          ) : null}
        </>
      )}
    </div>
  )
}
