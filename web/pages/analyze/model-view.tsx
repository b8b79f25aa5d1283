import type { Model } from '../../api/types.ts'
import { useCurrency } from '../../api/use-currency.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, Chip, Figures, Panel, toneOf } from '../../kit/index.ts'
import { DecileChart } from './decile-chart.tsx'
import { DecileTable } from './decile-table.tsx'
import { headline, inMoney, type MetricPair } from './model-metrics.ts'

/** One model: its verdict, the evidence, and expected beside actual. */
export function ModelView({ model }: { model: Model }) {
  const { t, say, term, day, number, percent, money } = useText()
  const currency = useCurrency()
  const { pairs, rest } = headline(model)
  const shown = (value: number, unit: MetricPair['unit']): string =>
    unit === 'share'
      ? percent(value)
      : unit === 'money'
        ? money(value, currency)
        : number(value, Math.abs(value) < 10 ? 2 : 0)
  const charted = model.deciles.some(row => row.decile > 0)
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
        {pairs.length > 0 ? (
          <Figures
            items={pairs.map(pair => ({
              id: pair.id,
              label: term('metric', pair.id),
              value: shown(pair.value, pair.unit),
              note: pair.rule === null ? null : t('models.rule-reached', { value: shown(pair.rule, pair.unit) }),
            }))}
          />
        ) : null}
        {charted ? (
          <div className="columns">
            <DecileChart model={model} currency={inMoney(model) ? currency : null} />
            <DecileTable deciles={model.deciles} currency={inMoney(model) ? currency : null} />
          </div>
        ) : model.deciles.length > 0 ? (
          <DecileTable deciles={model.deciles} currency={null} />
        ) : (
          <Blank title={t('models.unjudged')}>{t('models.unjudged-hint')}</Blank>
        )}
        <Parameters values={[...Object.entries(model.parameters), ...rest]} />
      </div>
    </Panel>
  )
}

/** For those who want to check the fit; the names are those of the papers. */
function Parameters({ values }: { values: [string, number][] }) {
  const { t, number } = useText()
  if (values.length === 0) return null
  return (
    <details className="parameters">
      <summary>{t('models.parameters')}</summary>
      <dl className="pairs">
        {values.map(([name, value]) => (
          <div key={name} className="row">
            <dt className="mono">{name}</dt>
            <dd>{number(value, Number.isInteger(value) ? 0 : 4)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
