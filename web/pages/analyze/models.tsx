import { Link } from 'react-router'
import { useGet } from '../../api/queries.ts'
import type { Model, ModelList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, type Column, DataTable, Page, Panel, toneOf } from '../../kit/index.ts'
import { headline } from './model-metrics.ts'

/** All models, each with the verdict on it; one leads to all that is known of it. */
export default function ModelsPage() {
  const { t, say, term, day, number, percent } = useText()
  const models = useGet<ModelList>('/models')
  const columns: Column<Model>[] = [
    {
      id: 'model',
      title: t('model.model'),
      cell: row => (
        <Link className="strong" to={`/models/${row.id}`}>
          {say(row.title)}
        </Link>
      ),
      by: row => say(row.title),
    },
    {
      id: 'verdict',
      title: t('model.verdict'),
      cell: row => <Chip tone={toneOf(row.verdict)}>{term('verdict', row.verdict)}</Chip>,
      by: row => row.verdict,
    },
    {
      id: 'evidence',
      title: t('model.evidence'),
      cell: row => <span className="small soft">{say(row.evidence)}</span>,
    },
    {
      id: 'figure',
      title: t('model.figure'),
      cell: row => {
        const first = headline(row).pairs[0]
        if (!first) return '–'
        const value =
          first.unit === 'share' ? percent(first.value) : number(first.value, Math.abs(first.value) < 10 ? 3 : 0)
        return `${term('metric', first.id)} ${value}`
      },
    },
    { id: 'as-of', title: t('model.used'), by: row => row.asOf, cell: row => day(row.asOf) },
    { id: 'rows', title: t('model.rows'), right: true, by: row => row.trainedOn, cell: row => number(row.trainedOn) },
  ]
  return (
    <Page title={t('models.title')} lead={t('models.lead')}>
      <Async query={models} lines={10}>
        {({ rows }) => (
          <Panel flush>
            <DataTable
              columns={columns}
              rows={rows}
              rowId={row => row.id}
              empty={<Blank title={t('models.none')}>{t('models.none-hint')}</Blank>}
            />
            {rows.some(row => row.id === 'uplift') ? null : (
              <p className="panel-body small soft">
                <Link to="/models/uplift">{t('model.uplift-waiting')}</Link>
              </p>
            )}
          </Panel>
        )}
      </Async>
    </Page>
  )
}
