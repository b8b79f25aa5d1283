import type { DryRunReport } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, type Column, DataTable, Figures, Panel } from '../../../kit/index.ts'
import { useFieldName } from './field-name.ts'

type Refused = DryRunReport['refused'][number]
type Change = DryRunReport['fields'][number]

/** What an import would change: counts, refused rows by rule, fields with examples, golden values. */
export function DryRunView({ report }: { report: DryRunReport }) {
  const { t, say, number, seconds } = useText()
  const fieldName = useFieldName()
  const refused: Column<Refused>[] = [
    { id: 'why', title: t('quarantine.why'), cell: row => (row.examples[0] ? say(row.examples[0].message) : row.rule) },
    { id: 'column', title: t('quarantine.column'), cell: row => <span className="mono">{row.column || '–'}</span> },
    { id: 'count', title: t('mend.count'), right: true, cell: row => number(row.count), by: row => row.count },
    {
      id: 'rows',
      title: t('mend.example'),
      cell: row => (
        <span className="soft">
          {row.examples.map(example => t('map.row', { row: number(example.rowNo) })).join(', ')}
        </span>
      ),
    },
  ]
  const fields: Column<Change>[] = [
    { id: 'field', title: t('quality.field'), cell: row => (row.field ? fieldName(row.field) : t('dry.as-given')) },
    { id: 'rows', title: t('mend.count'), right: true, cell: row => number(row.rows), by: row => row.rows },
    {
      id: 'examples',
      title: t('mend.example'),
      cell: row =>
        row.examples.slice(0, 3).map(example => (
          <span className="change" key={`${example.rowKey} ${example.rowNo}`}>
            <span className="soft">{example.before || '–'}</span>
            <span className="muted">→</span>
            <span>{example.after || '–'}</span>
          </span>
        )),
    },
  ]
  const { golden } = report
  return (
    <Panel title={t('dry.title')} note={t('dry.note', { seconds: seconds(report.seconds) })}>
      <div className="stack">
        {report.fresh + report.changed + report.quarantined === 0 ? (
          <Callout tone="good">{t('dry.nothing')}</Callout>
        ) : null}
        <Figures
          items={[
            { id: 'rows', label: t('dry.rows'), value: number(report.rowsIn) },
            { id: 'fresh', label: t('dry.fresh'), value: number(report.fresh) },
            { id: 'changed', label: t('dry.changed'), value: number(report.changed) },
            { id: 'same', label: t('dry.same'), value: number(report.same) },
            { id: 'repeated', label: t('dry.repeated'), value: number(report.repeated) },
            {
              id: 'quarantined',
              label: t('dry.quarantined'),
              value: number(report.quarantined),
              tone: report.quarantined > 0 ? 'warn' : undefined,
            },
          ]}
        />
        {report.refused.length > 0 ? (
          <section>
            <h3>{t('dry.refused')}</h3>
            <DataTable columns={refused} rows={report.refused} rowId={row => `${row.rule} ${row.column}`} />
          </section>
        ) : null}
        {report.fields.length > 0 ? (
          <section>
            <h3>{t('dry.fields')}</h3>
            <DataTable columns={fields} rows={report.fields} rowId={row => row.field} />
          </section>
        ) : null}
        {golden ? (
          <Callout title={t('dry.golden')}>
            {t('dry.golden-new', { joins: number(golden.joins), fresh: number(golden.newCustomers) })}{' '}
            {t('dry.golden-changed', { follows: number(golden.follows), outranked: number(golden.outranked) })}
            {golden.examples.map(example => (
              <span className="change" key={`${example.customerId} ${example.field}`}>
                <span>
                  {fieldName(example.field)}: {example.before || '–'}
                </span>
                <span className="muted">→</span>
                <span>{example.after || '–'}</span>
              </span>
            ))}
          </Callout>
        ) : null}
      </div>
    </Panel>
  )
}
