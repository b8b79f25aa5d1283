import type { PlanView } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Panel } from '../../kit/index.ts'

/** Value beside the bound: the gap is all that any other plan could still gain. */
export function BoundPicture({ plan }: { plan: PlanView }) {
  const { t, money, gap } = useText()
  const share = plan.bound > 0 ? Math.max(0, Math.min(1, plan.value / plan.bound)) : 0
  return (
    <Panel>
      <div className="bound">
        <div>
          <div className="small muted">{t('plan.value')}</div>
          <div className="bound-value">{money(plan.value, plan.currency)}</div>
        </div>
        <div className="bound-bar" role="img" aria-label={t('plan.bound-label', { gap: gap(plan.gap) })}>
          <span style={{ width: `${share * 100}%` }} />
        </div>
        <div>
          <div className="small muted">{t('plan.bound')}</div>
          <div className="bound-value soft">{money(plan.bound, plan.currency)}</div>
        </div>
        <div>
          <div className="small muted">{t('figure.gap')}</div>
          <div className="bound-value accent-ink">{gap(plan.gap)}</div>
        </div>
      </div>
      <p className="small soft">
        {plan.bound - plan.value < 0.5
          ? t('plan.best')
          : t('plan.bound-words', { gap: gap(plan.gap), more: money(plan.bound - plan.value, plan.currency) })}
      </p>
    </Panel>
  )
}
