import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { ThresholdView } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Figures,
  Modal,
  Panel,
  Radio,
  Select,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { CurveChart } from './curve-chart.tsx'

/** Precision against recall, from what people answered; the next run uses what is chosen here. */
export function Threshold() {
  const query = useGet<ThresholdView>('/identity/threshold')
  return (
    <Async query={query} lines={12}>
      {view => <ThresholdDesk key={`${view.runId} ${view.chosen}`} view={view} />}
    </Async>
  )
}

function ThresholdDesk({ view }: { view: ThresholdView }) {
  const { t, percent, number } = useText()
  const may = useMay()
  const [automatic, setAutomatic] = useState(view.chosen === null)
  const [chosen, setChosen] = useState(nearest(view, view.chosen ?? view.used).threshold)
  const [asking, setAsking] = useState(false)
  const now = nearest(view, view.used)
  const then = automatic ? now : nearest(view, chosen)
  const answers = view.labels.same + view.labels.different
  const signed = (value: number): string => `${value > 0 ? '+' : value < 0 ? '−' : '±'}${number(Math.abs(value))}`
  const within = (value: number, error: number): string =>
    t('threshold.within', { value: percent(value, 1), error: percent(error, 1) })
  return (
    <div className="stack">
      {answers < 50 ? (
        <Callout title={t('threshold.few', { count: answers })}>{t('threshold.few-hint')}</Callout>
      ) : null}
      <Figures
        items={[
          {
            id: 'used',
            label: t('threshold.used'),
            value: percent(view.used, 1),
            note: t(view.usedAutomatic ? 'threshold.automatic' : 'threshold.by-hand'),
          },
          {
            id: 'precision',
            label: t('threshold.precision'),
            value: percent(now.precision, 1),
            note: within(now.precision, now.precisionError),
          },
          {
            id: 'recall',
            label: t('threshold.recall'),
            value: percent(now.recall, 1),
            note: within(now.recall, now.recallError),
          },
          {
            id: 'labels',
            label: t('threshold.labels'),
            value: number(answers),
            note: t('threshold.labels-note', { same: view.labels.same, different: view.labels.different }),
          },
        ]}
      />
      <Panel title={t('threshold.curve')} note={t('threshold.curve-note')}>
        <CurveChart view={view} chosen={automatic ? null : chosen} />
      </Panel>
      <Panel title={t('threshold.next')} note={t('threshold.next-note')}>
        <div className="stack">
          <Radio.Group
            value={automatic ? 'automatic' : 'chosen'}
            disabled={!may('identity.review')}
            onChange={event => setAutomatic(event.target.value === 'automatic')}
            options={[
              { value: 'automatic', label: t('threshold.choose-automatic') },
              { value: 'chosen', label: t('threshold.choose-own') },
            ]}
          />
          {automatic ? null : (
            <div className="row">
              <Select
                aria-label={t('threshold.value')}
                value={chosen}
                disabled={!may('identity.review')}
                onChange={setChosen}
                style={{ minWidth: 260 }}
                options={view.curve.map(point => ({
                  value: point.threshold,
                  label: t('threshold.option', {
                    threshold: percent(point.threshold, 1),
                    precision: percent(point.precision, 1),
                    recall: percent(point.recall, 1),
                  }),
                }))}
              />
              <Button
                onClick={() => setChosen(nearest(view, view.bestF1).threshold)}
                disabled={!may('identity.review')}
              >
                {t('threshold.best')}
              </Button>
            </div>
          )}
          <p className="soft">
            {automatic
              ? t('threshold.effect-automatic')
              : t('threshold.effect', {
                  customers: signed(then.customersMore - now.customersMore),
                  precision: within(then.precision, then.precisionError),
                  recall: within(then.recall, then.recallError),
                })}
          </p>
          {may('identity.review') ? (
            <div className="row">
              <Button
                type="primary"
                disabled={automatic ? view.chosen === null : view.chosen !== null && near(view.chosen, chosen)}
                onClick={() => setAsking(true)}
              >
                {t('threshold.save')}
              </Button>
            </div>
          ) : null}
        </div>
      </Panel>
      {asking ? <Save probability={automatic ? null : chosen} onClose={() => setAsking(false)} /> : null}
    </div>
  )
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9

function nearest(view: ThresholdView, threshold: number): ThresholdView['curve'][number] {
  const odds = (p: number): number => Math.log(p / (1 - p))
  const none = { threshold, precision: 1, recall: 0, precisionError: 0, recallError: 0, pairs: 0, customersMore: 0 }
  return view.curve.reduce(
    (best, point) =>
      Math.abs(odds(point.threshold) - odds(threshold)) < Math.abs(odds(best.threshold) - odds(threshold))
        ? point
        : best,
    view.curve[0] ?? none,
  )
}

function Save({ probability, onClose }: { probability: number | null; onClose: () => void }) {
  const { t, percent } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: () => send<ThresholdView>('PUT', '/identity/threshold', { probability }),
    onSuccess: async () => {
      onClose()
      toast.done(t('threshold.saved'))
      await client.invalidateQueries({ queryKey: ['/identity/threshold'] })
    },
  })
  return (
    <Modal
      open
      title={t('threshold.save')}
      okText={t('threshold.save')}
      okButtonProps={{ loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="stack">
        <p>
          {probability === null
            ? t('threshold.ask-automatic')
            : t('threshold.ask', { threshold: percent(probability, 1) })}
        </p>
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
