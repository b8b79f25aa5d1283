import { useText } from '../../../i18n/use-text.ts'
import { Blank, Callout, Chip, type Column, DataTable, Figures, Panel } from '../../../kit/index.ts'
import { Help } from './help.tsx'
import { SeasonChart } from './season-chart.tsx'
import type { Holdout, ValuePage } from './types.ts'

interface Row {
  id: string
  name: string
  note: string | null
  chosen: boolean
  logLikelihood: number | null
  aic: number | null
  holdout: Holdout | null
  problem: string | null
}

/** The model chosen beside its rivals and the simple rules, on what followed before the date. */
export function ModelChoice({ page }: { page: ValuePage }) {
  const { t, say, day, number, percent } = useText()
  const { model } = page
  const own = model.rivals.find(rival => rival.model === model.chosen)
  const rows: Row[] = [
    ...model.rivals.map(rival => ({
      id: rival.model,
      name: rival.name,
      note: rival.source,
      chosen: rival.model === model.chosen,
      logLikelihood: rival.logLikelihood,
      aic: rival.aic,
      holdout: rival.holdout,
      problem: rival.problem ? say(rival.problem) : null,
    })),
    ...(own && model.holdout && model.level !== 1
      ? [row('levelled', t('worth.with-level', { model: own.name }), model.holdout.errors)]
      : []),
    ...(own && model.withoutSeason
      ? [row('calendar', t('worth.without-season', { model: own.name }), model.withoutSeason)]
      : []),
    ...model.rules.map(rule =>
      row(
        rule.rule,
        say(rule.name),
        rule.holdout,
        rule.hiatus === null ? t('worth.rule') : t('worth.rule-hiatus', { days: number(rule.hiatus) }),
      ),
    ),
  ]
  const error = (h: Holdout | null) => (h?.error == null ? '–' : `${h.error > 0 ? '+' : ''}${percent(h.error)}`)
  const columns: Column<Row>[] = [
    {
      id: 'model',
      title: t('worth.model'),
      cell: one => (
        <>
          <div className="row">
            <span className={one.chosen ? 'strong' : undefined}>{one.name}</span>
            {one.chosen ? <Chip tone="good">{t('worth.chosen')}</Chip> : null}
          </div>
          {one.problem ? <div className="small bad">{one.problem}</div> : null}
          {one.note ? <div className="small muted wrap">{one.note}</div> : null}
        </>
      ),
    },
    {
      id: 'likelihood',
      title: t('worth.log-likelihood'),
      right: true,
      cell: one => (one.logLikelihood === null ? '–' : number(one.logLikelihood, 1)),
    },
    { id: 'aic', title: 'AIC', right: true, cell: one => (one.aic === null ? '–' : number(one.aic, 1)) },
    {
      id: 'expected',
      title: t('worth.expected'),
      right: true,
      cell: one => (one.holdout ? number(one.holdout.expected) : '–'),
    },
    { id: 'error', title: t('worth.error'), right: true, cell: one => error(one.holdout) },
    {
      id: 'rmse',
      title: t('worth.rmse'),
      right: true,
      cell: one => (one.holdout ? number(one.holdout.rootMeanSquareError, 3) : '–'),
    },
    {
      id: 'correlation',
      title: t('worth.correlation'),
      right: true,
      cell: one => (one.holdout?.correlation == null ? '–' : number(one.holdout.correlation, 2)),
    },
    {
      id: 'active',
      title: t('worth.active-right'),
      right: true,
      cell: one => (one.holdout ? percent(one.holdout.activeRight) : '–'),
    },
    {
      id: 'best',
      title: t('worth.best-tenth'),
      right: true,
      cell: one => (one.holdout?.bestTenth == null ? '–' : percent(one.holdout.bestTenth)),
    },
    {
      id: 'score',
      title: t('worth.log-score'),
      right: true,
      cell: one => (one.holdout?.logScore == null ? '–' : number(one.holdout.logScore, 4)),
    },
  ]
  return (
    <Panel
      title={t('worth.model-title')}
      note={
        model.holdout
          ? t('worth.holdout-note', {
              from: day(model.holdout.from),
              to: day(model.holdout.to),
              actual: number(model.holdout.errors.actual),
              count: number(model.triedOn),
            })
          : t('worth.no-holdout')
      }
    >
      <div className="stack">
        {model.verdict ? (
          <Callout
            tone={model.ruleIsAsGood ? 'warn' : 'good'}
            title={model.ruleIsAsGood ? t('worth.rule-as-good') : t('worth.rule-beaten')}
          >
            {say(model.verdict)}
          </Callout>
        ) : null}
        {model.judged ? <Callout title={t('worth.judged')}>{say(model.judged)}</Callout> : null}
        <DataTable
          columns={columns}
          rows={rows}
          rowId={one => one.id}
          empty={<Blank title={t('worth.no-models')} />}
          caption={t('worth.model-title')}
          wide
        />
        {model.season.used ? (
          <>
            <SeasonChart index={model.season.index} />
            <Figures
              items={[
                {
                  id: 'years',
                  label: t('worth.season-years'),
                  value: number(model.season.years),
                  note: t('worth.season-gain', { gain: number(model.season.gain, 1) }),
                },
                ...model.ahead.map(ahead => ({
                  id: `ahead-${ahead.months}`,
                  label: t('worth.ahead', { months: ahead.months }),
                  value: `× ${number(ahead.factor, 2)}`,
                  note: t('worth.ahead-note'),
                })),
                {
                  id: 'level',
                  label: t('worth.level'),
                  value: `× ${number(model.level, 2)}`,
                  note: t('worth.level-note'),
                },
              ]}
            />
          </>
        ) : (
          <p className="soft">{t(model.season.years > 0 ? 'worth.no-season' : 'worth.short-season')}</p>
        )}
        <Parameters page={page} />
        <Help id="model" />
      </div>
    </Panel>
  )
}

const row = (id: string, name: string, holdout: Holdout, note: string | null = null): Row => ({
  id,
  name,
  note,
  chosen: false,
  logLikelihood: null,
  aic: null,
  holdout,
  problem: null,
})

/** For those who want to check the fit; the names are those of the papers. */
function Parameters({ page }: { page: ValuePage }) {
  const { t, say, number } = useText()
  const { rivals, spend, contracts } = page.model
  const write = ({ name, value, error }: (typeof spend)[number]) =>
    `${name} ${number(value, 4)}${error === null ? '' : ` ± ${number(error, 4)}`}`
  return (
    <details className="parameters">
      <summary>{t('worth.parameters')}</summary>
      <dl className="pairs">
        {[
          ...rivals.map(rival => ({ name: rival.name, values: rival.parameters })),
          { name: 'Gamma-Gamma', values: spend },
        ].map(one => (
          <div key={one.name} className="row">
            <dt>{one.name}</dt>
            <dd className="mono">{one.values.map(write).join(', ') || '–'}</dd>
          </div>
        ))}
        {contracts ? (
          <div className="row">
            <dt>{t('worth.contracts', { known: contracts.known, ended: contracts.ended })}</dt>
            <dd className="mono">
              {contracts.used
                ? Object.entries(contracts.parameters)
                    .map(([name, value]) => `${name} ${number(value, 4)}`)
                    .join(', ')
                : contracts.problem
                  ? say(contracts.problem)
                  : '–'}
            </dd>
          </div>
        ) : null}
      </dl>
    </details>
  )
}
