import type { Policy, PolicyDetail } from '../../../api/planning.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Field, InputNumber, Panel } from '../../../kit/index.ts'
import { BetweenOffers } from './between-offers.tsx'
import { ChannelCapacity } from './channel-capacity.tsx'
import { ChannelConsent } from './channel-consent.tsx'
import { DraftBar } from './draft-bar.tsx'
import { LearningAndWaves } from './learning.tsx'
import { PlanLimits } from './plan-limits.tsx'
import { usePolicyDraft } from './use-policy-draft.ts'

/** The budget, what each channel can carry and costs: printers, gateways, agents and their hours. */
export function Capacities() {
  const detail = useGet<PolicyDetail>('/contact-policy/rules')
  return (
    <Async query={detail} lines={10}>
      {data => <Editor key={data.version} detail={data} />}
    </Async>
  )
}

function Editor({ detail }: { detail: PolicyDetail }) {
  const { t, term } = useText()
  const may = useMay()
  const draft = usePolicyDraft(detail)
  const { policy, change } = draft
  const locked = !may('plan.write')
  const channels = (['letter', 'email', 'sms', 'call', 'bill'] as const).filter(c => policy.channels[c])
  const set = (channel: (typeof channels)[number], part: Partial<NonNullable<Policy['channels']['call']>>) => {
    const before = policy.channels[channel]
    // A rule that was taken away must not come back from what was there.
    const kept = before && 'consent' in part && !('requires' in part) ? { ...before, requires: undefined } : before
    if (kept) change({ channels: { ...policy.channels, [channel]: { ...kept, ...part } } })
  }
  return (
    <div className="stack">
      <DraftBar detail={detail} draft={draft} />
      <Panel title={t('policy.budget')} note={t('capacity.budget-note')}>
        <Field label={t('capacity.budget', { currency: policy.currency })}>
          {id => (
            <InputNumber
              id={id}
              min={0}
              step={10}
              value={policy.budget_minor / 100}
              disabled={locked}
              style={{ width: 180 }}
              onChange={value =>
                value === null ? undefined : change({ budget_minor: Math.round(Number(value) * 100) })
              }
            />
          )}
        </Field>
      </Panel>
      <div className="columns">
        {channels.map(channel => {
          const its = policy.channels[channel]!
          return (
            <Panel key={channel} title={term('channel', channel)} note={t(`capacity.note-${channel}`)}>
              <ChannelCapacity
                channel={channel}
                capacity={its.capacity}
                counted={detail.measured.find(one => one.channel === channel)}
                locked={locked}
                onChange={capacity => set(channel, { capacity })}
              />
              <ChannelConsent rules={its} locked={locked} onChange={rules => set(channel, rules)} />
              <Field label={t('capacity.unit-cost', { currency: policy.currency })}>
                {id => (
                  <InputNumber
                    id={id}
                    min={0}
                    step={0.01}
                    value={its.unit_cost_minor / 100}
                    disabled={locked}
                    onChange={value =>
                      value === null
                        ? undefined
                        : set(channel, { unit_cost_minor: Math.round(Number(value) * 10_000) / 100 })
                    }
                  />
                )}
              </Field>
            </Panel>
          )
        })}
      </div>
      <PlanLimits policy={policy} change={change} locked={locked} detail={detail} />
      <BetweenOffers policy={policy} change={change} locked={locked} detail={detail} />
      <LearningAndWaves policy={policy} change={change} locked={locked} />
    </div>
  )
}
