import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { send } from '../../../api/client.ts'
import type { ModelDetail } from '../../../api/models.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { ModelList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Figures, Page, Panel, useProblem, useToast } from '../../../kit/index.ts'
import { ModelView } from '../model-view.tsx'
import { ExportMenu } from '../seven-p/export-menu.tsx'
import { Backtests } from './backtests.tsx'
import { Calibration } from './calibration.tsx'
import { ChurnSettingsPanel } from './churn-settings.tsx'
import { Drift } from './drift.tsx'
import { Help } from './help.tsx'
import { Importance } from './importance.tsx'
import { Months } from './months.tsx'
import { Qini } from './qini.tsx'
import { Versions } from './versions.tsx'

/** One model: what it is, how far it can be trusted, and what stands ready to take its place. */
export default function ModelPage() {
  const { t, say } = useText()
  const { model: id = '' } = useParams()
  const model = useGet<ModelDetail>(`/models/${id}`, { every: data => (data?.busy ? 2000 : false) })
  return (
    <Page
      title={model.data ? say(model.data.title) : t('models.title')}
      lead={model.data ? say(model.data.about) : null}
      crumb={<Link to="/models">{t('models.title')}</Link>}
      actions={model.data ? <Actions model={model.data} /> : null}
    >
      <Async query={model} lines={14}>
        {data => <ModelDetailView model={data} />}
      </Async>
    </Page>
  )
}

function Actions({ model }: { model: ModelDetail }) {
  const { t } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const train = useMutation({
    mutationFn: () => send('POST', `/models/${model.id}/train`, {}),
    onSuccess: () => toast.done(t('model.training')),
    onError: error => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ queryKey: [`/models/${model.id}`] }),
  })
  return (
    <>
      <ExportMenu path={`/models/${model.id}/export`} query={{}} />
      {model.managed && may('models.manage') ? (
        <Button type="primary" loading={model.busy || train.isPending} onClick={() => train.mutate()}>
          {t('model.train')}
        </Button>
      ) : null}
    </>
  )
}

/** Judged above, in ways of their own. */
const silent = new Set(['leaving', 'uplift', 'preferred-channel'])

const calloutTone = { good: 'good', recalibrate: 'warn', retrain: 'bad', stop: 'bad', unjudged: 'info' } as const

function ModelDetailView({ model }: { model: ModelDetail }) {
  const { t, say, term, day, number, percent } = useText()
  const rates = Object.entries(model.parameters).filter(([name]) => name.startsWith('rate.'))
  const outcomes = useGet<ModelList>('/models')
  const outcome = outcomes.data?.rows.find(row => row.id === model.id)
  const { verdict } = model
  return (
    <div className="stack">
      {model.problem ? (
        <Callout tone="warn" title={t('model.not-used')}>
          {say(model.problem)}
        </Callout>
      ) : null}
      {verdict ? (
        <Callout
          tone={calloutTone[verdict.verdict]}
          title={`${term('verdict', verdict.verdict)} · ${term('verdict-source', verdict.source)}`}
        >
          {say(verdict.evidence)}
          <Help id="verdict" />
        </Callout>
      ) : null}
      {model.trainedOn > 0 ? (
        <Figures
          items={[
            { id: 'learner', label: t('model.learner'), value: model.learner ? term('learner', model.learner) : '–' },
            {
              id: 'trained',
              label: t('model.trained-as-of'),
              value: model.trainedAsOf ? day(model.trainedAsOf) : day(model.asOf),
              note: model.asOf ? t('model.used-as-of', { day: day(model.asOf) }) : null,
            },
            { id: 'rows', label: t('model.rows'), value: number(model.trainedOn) },
            {
              id: 'code',
              label: t('model.code'),
              value: <span className="mono">{model.code ?? '–'}</span>,
              note: t('model.code-note'),
            },
          ]}
        />
      ) : null}
      {model.id === 'preferred-channel' && rates.length > 0 ? (
        <Panel title={t('model.rates')} note={t('model.rates-note')}>
          <Figures
            items={rates.map(([name, rate]) => ({
              id: name,
              label: term('channel', name.slice('rate.'.length)),
              value: percent(rate, 2),
            }))}
          />
        </Panel>
      ) : null}
      {model.id === 'churn' ? <ChurnSettingsPanel /> : null}
      {model.qini ? <Qini qini={model.qini} /> : null}
      {model.id === 'uplift' && !model.qini ? (
        <Panel>
          <Blank title={t('model.no-trial')}>{t('model.no-trial-hint')}</Blank>
          <Help id="uplift" />
        </Panel>
      ) : null}
      <Calibration model={model} />
      <Months model={model} />
      {model.managed ? <Versions model={model} /> : null}
      {model.id === 'churn' ? <Backtests model={model} /> : null}
      {model.drift.length > 0 ? <Drift model={model} /> : null}
      <Importance rows={model.importance} />
      {outcome && (outcome.deciles.length > 0 || !silent.has(model.id)) ? <ModelView model={outcome} /> : null}
    </div>
  )
}
