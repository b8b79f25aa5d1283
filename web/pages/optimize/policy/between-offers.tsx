import type { PolicyDetail } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Panel, Select } from '../../../kit/index.ts'
import { Add } from './plan-limits.tsx'
import { type PlanPart, planPart } from './plan-part.ts'
import { OneOf, Optional, Remove, type RulesProps, Whole, withAt } from './rule-parts.tsx'

/** Never A with B, and B only after A. */
export function BetweenOffers({ policy, change, locked, detail }: RulesProps & { detail: PolicyDetail }) {
  const { t, say } = useText()
  const plan = planPart(policy)
  const put = (part: Partial<PlanPart>) => change({ plan: { ...plan, ...part } })
  const [a, b] = detail.offers
  const options = detail.offers.map(offer => ({ value: offer.id, label: say(offer.name) }))
  return (
    <Panel title={t('between.title')} note={t('between.note')}>
      <div className="stack tight">
        {plan.conflicts
          .map((conflict, at) => ({ conflict, at }))
          .map(({ conflict, at }) => {
            const set = (part: Partial<typeof conflict> | null) => put({ conflicts: withAt(plan.conflicts, at, part) })
            return (
              <div key={at} className="row rule-line">
                <span className="strong">{t('between.never')}</span>
                <Select
                  mode="multiple"
                  className="channels-select"
                  value={conflict.never}
                  disabled={locked}
                  aria-label={t('between.never')}
                  status={conflict.never.length < 2 ? 'error' : ''}
                  onChange={never => (never.length >= 2 ? set({ never }) : undefined)}
                  options={options}
                />
                <span className="muted">{t('rule.within')}</span>
                <Whole
                  value={conflict.days}
                  min={1}
                  label={t('rule.within')}
                  suffix={t('rule.days')}
                  locked={locked}
                  onChange={days => set({ days })}
                />
                <Remove label={t('rule.remove')} locked={locked} onClick={() => set(null)} />
              </div>
            )
          })}
        {plan.after
          .map((rule, at) => ({ rule, at }))
          .map(({ rule, at }) => {
            const set = (part: Partial<typeof rule> | null) => put({ after: withAt(plan.after, at, part) })
            return (
              <div key={at} className="row rule-line">
                <OneOf
                  value={rule.offer}
                  label={t('plan.offer')}
                  locked={locked}
                  from={detail.offers}
                  onChange={offer => (offer ? set({ offer }) : undefined)}
                />
                <span className="strong">{t('between.after')}</span>
                <OneOf
                  value={rule.needs}
                  label={t('between.after')}
                  locked={locked}
                  from={detail.offers}
                  onChange={needs => (needs ? set({ needs }) : undefined)}
                />
                <span className="muted">{t('between.accepted-within')}</span>
                <Optional
                  value={rule.within_days}
                  label={t('between.accepted-within')}
                  locked={locked}
                  onChange={days => set({ within_days: days === 0 ? undefined : days })}
                />
                <span className="muted">{t('rule.days')}</span>
                <Remove label={t('rule.remove')} locked={locked} onClick={() => set(null)} />
              </div>
            )
          })}
        <div className="row">
          <Add
            text={t('between.add-never')}
            locked={locked || !a || !b}
            onClick={() => put({ conflicts: [...plan.conflicts, { never: [a!.id, b!.id], days: 60 }] })}
          />
          <Add
            text={t('between.add-after')}
            locked={locked || !a || !b}
            onClick={() => put({ after: [...plan.after, { offer: b!.id, needs: a!.id }] })}
          />
        </div>
      </div>
    </Panel>
  )
}
