import { useText } from '../../../i18n/use-text.ts'
import { Checkbox, Field, InputNumber, Select } from '../../../kit/index.ts'
import { Events, type RulesProps, Whole } from './rule-parts.tsx'

/** Complaints, service before sales, wishes, tiredness, and how many are held out to compare with. */
export function OtherRules({ policy, change, locked, events }: RulesProps & { events: readonly string[] }) {
  const { t, term } = useText()
  const complaints = policy.complaints
  const service = policy.service_first
  const preferred = policy.preferred_channel ?? { mode: 'ignore' as const }
  const fatigue = policy.fatigue ?? { days: 30, minor: 0 }
  return (
    <div className="fields policy-fields">
      <Field label={t('rule.complaints')}>
        {() => (
          <div className="row">
            <Whole
              value={complaints?.days ?? 0}
              label={t('rule.complaints')}
              suffix={t('rule.days')}
              locked={locked}
              onChange={days =>
                change({
                  complaints:
                    days === 0
                      ? undefined
                      : {
                          days,
                          while_open: complaints?.while_open ?? true,
                          resolved_by: complaints?.resolved_by ?? ['complaint-resolved'],
                        },
                })
              }
            />
            {complaints ? (
              <Events
                value={complaints.resolved_by}
                label={t('rule.resolved-by')}
                locked={locked}
                known={[...new Set(['complaint-resolved', ...events])]}
                onChange={resolved_by => change({ complaints: { ...complaints, resolved_by } })}
              />
            ) : null}
            {complaints ? <p className="small muted">{t('rule.resolved-help')}</p> : null}
            {complaints ? (
              <Checkbox
                checked={complaints.while_open}
                disabled={locked}
                onChange={event => change({ complaints: { ...complaints, while_open: event.target.checked } })}
              >
                {t('rule.while-open')}
              </Checkbox>
            ) : null}
          </div>
        )}
      </Field>
      <Field label={t('rule.service-first')}>
        {() => (
          <div className="row">
            <Whole
              value={service?.days ?? 0}
              label={t('rule.service-first')}
              suffix={t('rule.days')}
              locked={locked}
              onChange={days =>
                change({
                  service_first: days === 0 ? undefined : { days, after: service?.after ?? ['service-request'] },
                })
              }
            />
            {service ? (
              <Events
                value={service.after}
                label={t('rule.requests')}
                locked={locked}
                known={[...new Set(['service-request', ...events])]}
                onChange={after => change({ service_first: { ...service, after } })}
              />
            ) : null}
          </div>
        )}
      </Field>
      <Field label={t('rule.exempt')}>
        {id => (
          <>
            <Select
              id={id}
              mode="multiple"
              className="channels-select"
              value={[...(policy.exempt ?? (['service', 'legal'] as const))]}
              disabled={locked}
              onChange={exempt => change({ exempt })}
              options={(['service', 'legal'] as const).map(kind => ({
                value: kind,
                label: term('contact-kind', kind),
              }))}
            />
            <p className="small muted">{t('rule.exempt-help')}</p>
          </>
        )}
      </Field>
      <Field label={t('rule.most-offers')}>
        {() => (
          <Whole
            value={policy.most_offers ?? 1}
            min={1}
            max={3}
            label={t('rule.most-offers')}
            locked={locked}
            // The old way of saying one would contradict more than one.
            onChange={most =>
              change(most === 1 ? { most_offers: 1 } : { most_offers: most, one_offer_per_customer: undefined })
            }
          />
        )}
      </Field>
      <Field label={t('rule.preferred')}>
        {id => (
          <div className="row">
            <Select
              id={id}
              value={preferred.mode}
              disabled={locked}
              style={{ minWidth: 180 }}
              onChange={mode => change({ preferred_channel: mode === 'factor' ? { mode, factor: 0.5 } : { mode } })}
              options={(['ignore', 'factor', 'strict'] as const).map(mode => ({
                value: mode,
                label: t(`rule.preferred-${mode}`),
              }))}
            />
            {preferred.mode === 'factor' ? (
              <InputNumber
                min={0}
                max={100}
                suffix="%"
                value={Math.round(preferred.factor * 100)}
                disabled={locked}
                aria-label={t('rule.preferred')}
                onChange={value =>
                  value === null
                    ? undefined
                    : change({ preferred_channel: { ...preferred, factor: Number(value) / 100 } })
                }
              />
            ) : null}
            {preferred.mode === 'factor' ? (
              <Checkbox
                checked={preferred.learned === true}
                disabled={locked}
                onChange={event => change({ preferred_channel: { ...preferred, learned: event.target.checked } })}
              >
                {t('rule.preferred-learned')}
              </Checkbox>
            ) : null}
          </div>
        )}
      </Field>
      <Field label={t('rule.fatigue', { currency: policy.currency })}>
        {() => (
          <div className="row">
            <InputNumber
              min={0}
              step={0.1}
              value={fatigue.minor / 100}
              disabled={locked}
              aria-label={t('rule.fatigue', { currency: policy.currency })}
              onChange={value =>
                value === null ? undefined : change({ fatigue: { ...fatigue, minor: Math.round(Number(value) * 100) } })
              }
            />
            <Whole
              value={fatigue.days}
              min={1}
              label={t('rule.within')}
              suffix={t('rule.days')}
              locked={locked}
              onChange={days => change({ fatigue: { ...fatigue, days } })}
            />
          </div>
        )}
      </Field>
      <Field label={t('rule.control')}>
        {id => (
          <InputNumber
            id={id}
            min={0}
            max={90}
            step={0.5}
            suffix="%"
            value={Number((policy.control_share * 100).toFixed(2))}
            disabled={locked}
            onChange={value => (value === null ? undefined : change({ control_share: Number(value) / 100 }))}
          />
        )}
      </Field>
    </div>
  )
}
