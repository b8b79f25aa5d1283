import { useGet } from '../../api/queries.ts'
import type { PlanView } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Figures, Panel } from '../../kit/index.ts'
import { Before } from './before-offers.tsx'
import { BoundPicture } from './bound-picture.tsx'
import { ByOffer } from './by-offer.tsx'
import { BySegment } from './by-segment.tsx'
import { Limits } from './limits.tsx'
import { NotPlanned } from './not-planned.tsx'
import { RestsOn } from './rests-on.tsx'

/** The plan of the newest turn: what it is worth, what no plan could exceed, and what holds it back. */
export function PlanResult() {
  const { t, number, seconds, day } = useText()
  const plan = useGet<PlanView>('/plan')
  return (
    <Async query={plan} lines={12}>
      {data => (
        <div className="stack">
          <BoundPicture plan={data} />
          <Figures
            items={[
              {
                id: 'assigned',
                label: t('plan.assigned'),
                value: number(data.assigned),
                note: t('plan.of-customers', { customers: number(data.customers) }),
              },
              { id: 'options', label: t('plan.options'), value: number(data.options), note: t('plan.options-note') },
              { id: 'control', label: t('figure.control'), value: number(data.control), note: t('plan.control-note') },
              {
                id: 'seconds',
                label: t('plan.solved-in'),
                value: seconds(data.seconds),
                note: t('plan.as-of', { day: day(data.asOf) }),
              },
            ]}
          />
          <Panel title={t('plan.limits')} note={t('plan.limits-note')} flush>
            <Limits limits={data.limits} currency={data.currency} />
          </Panel>
          <Panel title={t('plan.by-offer')} note={t('plan.by-offer-note')} flush>
            <ByOffer rows={data.byOffer} currency={data.currency} />
          </Panel>
          <RestsOn />
          <Before plan={data} />
          <div className="columns">
            <Panel title={t('plan.by-segment')} flush>
              <BySegment rows={data.bySegment} currency={data.currency} />
            </Panel>
            <Panel title={t('plan.not-planned')} note={t('plan.not-planned-note')}>
              <NotPlanned rows={data.notPlanned} />
            </Panel>
          </div>
        </div>
      )}
    </Async>
  )
}
