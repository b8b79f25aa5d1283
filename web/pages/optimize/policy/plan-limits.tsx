import { PlusOutlined } from '@ant-design/icons'
import type { PolicyDetail } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Panel } from '../../../kit/index.ts'
import { type PlanPart, planPart } from './plan-part.ts'
import { Money, OneOf, Optional, Percent, Remove, type RulesProps, withAt } from './rule-parts.tsx'

type Props = RulesProps & { detail: PolicyDetail }

/** Budgets and quotas for a part of the plan: an offer, a segment, or an offer in a segment. */
export function PlanLimits({ policy, change, locked, detail }: Props) {
  const { t } = useText()
  const plan = planPart(policy)
  const put = (part: Partial<PlanPart>) => change({ plan: { ...plan, ...part } })
  const first = detail.offers[0]?.id
  return (
    <>
      <Panel title={t('limits.budgets')} note={t('limits.budgets-note')}>
        <div className="stack tight">
          {plan.budgets
            .map((budget, at) => ({ budget, at }))
            .map(({ budget, at }) => {
              const set = (part: Partial<typeof budget> | null) => put({ budgets: withAt(plan.budgets, at, part) })
              return (
                <div key={at} className="row rule-line">
                  <Subject part={budget} locked={locked} detail={detail} onChange={set} />
                  <span className="muted">≤ {policy.currency}</span>
                  <Money
                    value={budget.max_minor}
                    label={t('limits.at-most')}
                    locked={locked}
                    onChange={max_minor => set({ max_minor })}
                  />
                  <Remove label={t('rule.remove')} locked={locked} onClick={() => set(null)} />
                </div>
              )
            })}
          <Add
            text={t('limits.add-budget')}
            locked={locked || first === undefined}
            onClick={() => put({ budgets: [...plan.budgets, { offer: first, max_minor: policy.budget_minor }] })}
          />
        </div>
      </Panel>
      <Panel title={t('limits.quotas')} note={t('limits.quotas-note')}>
        <div className="stack tight">
          {plan.quotas
            .map((quota, at) => ({ quota, at }))
            .map(({ quota, at }) => {
              const set = (part: Partial<typeof quota> | null) => put({ quotas: withAt(plan.quotas, at, part) })
              const wrong =
                (quota.min ?? 0) > (quota.max ?? Number.POSITIVE_INFINITY) ||
                (quota.min_share ?? 0) > (quota.max_share ?? 1)
              return (
                <div key={at} className="stack tight">
                  <div className="row rule-line">
                    <Subject part={quota} locked={locked} detail={detail} onChange={set} />
                    <span className="muted">{t('limits.contacts')}</span>
                    <Optional
                      value={quota.min}
                      label={t('limits.at-least')}
                      locked={locked}
                      onChange={min => set({ min })}
                    />
                    <span className="muted">–</span>
                    <Optional
                      value={quota.max}
                      label={t('limits.at-most')}
                      locked={locked}
                      onChange={max => set({ max })}
                    />
                    <span className="muted">{t('limits.share')}</span>
                    <Percent
                      value={quota.min_share}
                      label={t('limits.share-from')}
                      locked={locked}
                      onChange={min_share => set({ min_share })}
                      onClear={() => set({ min_share: undefined })}
                    />
                    <span className="muted">–</span>
                    <Percent
                      value={quota.max_share}
                      label={t('limits.share-to')}
                      locked={locked}
                      onChange={max_share => set({ max_share })}
                      onClear={() => set({ max_share: undefined })}
                    />
                    <Remove label={t('rule.remove')} locked={locked} onClick={() => set(null)} />
                  </div>
                  {wrong ? <Callout tone="bad">{t('limits.crossed')}</Callout> : null}
                </div>
              )
            })}
          <Add
            text={t('limits.add-quota')}
            locked={locked || first === undefined}
            onClick={() => put({ quotas: [...plan.quotas, { offer: first, max: 1000 }] })}
          />
        </div>
      </Panel>
    </>
  )
}

/** At least one of the two is named. */
function Subject({
  part,
  locked,
  detail,
  onChange,
}: {
  part: { offer?: string | undefined; segment?: string | undefined }
  locked: boolean
  detail: PolicyDetail
  onChange: (part: { offer?: string | undefined; segment?: string | undefined }) => void
}) {
  const { t } = useText()
  return (
    <>
      <OneOf
        value={part.offer}
        label={t('plan.offer')}
        locked={locked}
        from={detail.offers}
        {...(part.segment === undefined ? {} : { any: t('limits.any-offer') })}
        onChange={offer => onChange({ offer })}
      />
      <OneOf
        value={part.segment}
        label={t('segments.segment')}
        locked={locked}
        from={detail.segments}
        {...(part.offer === undefined ? {} : { any: t('limits.any-segment') })}
        onChange={segment => onChange({ segment })}
      />
    </>
  )
}

export function Add({ text, locked, onClick }: { text: string; locked: boolean; onClick: () => void }) {
  return (
    <div className="no-print">
      <Button icon={<PlusOutlined />} disabled={locked} onClick={onClick}>
        {text}
      </Button>
    </div>
  )
}
