import { useGet } from '../../api/queries.ts'
import type { Model, ModelList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, Figures, Page, Panel, toneOf } from '../../kit/index.ts'
import { DecileChart } from './decile-chart.tsx'
import { DecileTable } from './decile-table.tsx'

/** Each model against what really followed. */
export default function ModelsPage() {
  const { t } = useText()
  const models = useGet<ModelList>('/models')
  return (
    <Page title={t('models.title')} lead={t('models.lead')}>
      <Async query={models} lines={10}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Panel>
              <Blank title={t('models.none')}>{t('models.none-hint')}</Blank>
            </Panel>
          ) : (
            <div className="stack">
              {rows.map(model => (
                <ModelView key={model.id} model={model} />
              ))}
            </div>
          )
        }
      </Async>
    </Page>
  )
}

function ModelView({ model }: { model: Model }) {
  const { t, say, term, day, number } = useText()
  const metrics = Object.entries(model.metrics)
  const parameters = Object.entries(model.parameters)
  return (
    <Panel
      title={say(model.title)}
      note={t('models.trained', {
        kind: term('model-kind', model.kind),
        day: day(model.asOf),
        count: number(model.trainedOn),
      })}
      extra={<Chip tone={toneOf(model.verdict)}>{term('verdict', model.verdict)}</Chip>}
    >
      <div className="stack">
        <p className="soft">{say(model.evidence)}</p>
        {metrics.length > 0 ? (
          <Figures
            items={metrics.map(([id, value]) => ({
              id,
              label: term('metric', id),
              value: number(value, digitsFor(value)),
            }))}
          />
        ) : null}
        {model.deciles.length > 0 ? (
          <div className="columns">
            <DecileChart model={model} />
            <DecileTable deciles={model.deciles} />
          </div>
        ) : (
          <Blank title={t('models.unjudged')}>{t('models.unjudged-hint')}</Blank>
        )}
        {parameters.length > 0 ? (
          <details className="parameters">
            <summary>{t('models.parameters')}</summary>
            <dl className="pairs">
              {parameters.map(([name, value]) => (
                <div key={name} className="row">
                  <dt className="mono">{name}</dt>
                  <dd>{number(value, 4)}</dd>
                </div>
              ))}
            </dl>
          </details>
        ) : null}
      </div>
    </Panel>
  )
}

const digitsFor = (value: number): number =>
  Number.isInteger(value) || Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 10 ? 1 : 3
