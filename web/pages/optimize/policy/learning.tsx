import { useText } from '../../../i18n/use-text.ts'
import { Checkbox, Field, InputNumber, Panel } from '../../../kit/index.ts'
import { Add } from './plan-limits.tsx'
import { type PlanPart, planPart } from './plan-part.ts'
import { Percent, Remove, type RulesProps, Whole, withAt } from './rule-parts.tsx'

/** How much goes to what nobody has answered yet, and on which days a plan goes out. */
export function LearningAndWaves({ policy, change, locked }: RulesProps) {
  const { t } = useText()
  const plan = planPart(policy)
  const put = (part: Partial<PlanPart>) => change({ plan: { ...plan, ...part } })
  const { exploration, waves } = plan
  const learn = (part: Partial<typeof exploration>) => put({ exploration: { ...exploration, ...part } })
  const last = waves.at(-1)
  return (
    <>
      <Panel title={t('waves.title')} note={t('waves.note')}>
        <div className="stack tight">
          {waves.length === 0 ? <p className="muted">{t('waves.one')}</p> : null}
          {waves
            .map((wave, at) => ({ wave, at }))
            .map(({ wave, at }) => {
              const set = (part: Partial<typeof wave> | null) => put({ waves: withAt(waves, at, part) })
              return (
                <div key={at} className="row rule-line">
                  <span className="strong">{t('waves.nth', { wave: at + 1 })}</span>
                  <Whole
                    value={wave.after_days}
                    max={366}
                    label={t('waves.after')}
                    suffix={t('waves.days-after')}
                    locked={locked}
                    onChange={after_days => set({ after_days })}
                  />
                  <span className="muted">{t('waves.takes')}</span>
                  <Whole
                    value={wave.days}
                    min={1}
                    max={366}
                    label={t('waves.takes')}
                    suffix={t('rule.days')}
                    locked={locked}
                    onChange={days => set({ days })}
                  />
                  <Remove label={t('rule.remove')} locked={locked} onClick={() => set(null)} />
                </div>
              )
            })}
          <Add
            text={t('waves.add')}
            locked={locked || waves.length >= 12}
            onClick={() =>
              put({ waves: [...waves, { after_days: last ? last.after_days + 7 : 0, days: last?.days ?? 1 }] })
            }
          />
        </div>
      </Panel>
      <Panel title={t('learn.title')} note={t('learn.note')}>
        <div className="fields policy-fields">
          <Field label={t('learn.share')}>
            {() => (
              <Percent
                value={exploration.share}
                label={t('learn.share')}
                locked={locked}
                onChange={share => learn({ share })}
              />
            )}
          </Field>
          <Field label={t('learn.history-from')}>
            {() => (
              <Whole
                value={exploration.history_from}
                max={10_000_000}
                label={t('learn.history-from')}
                locked={locked}
                onChange={history_from => learn({ history_from })}
              />
            )}
          </Field>
          <Field label={t('learn.prior-weight')}>
            {id => (
              <InputNumber
                id={id}
                min={0.1}
                value={exploration.prior_weight}
                disabled={locked}
                onChange={v => (v === null || Number(v) <= 0 ? undefined : learn({ prior_weight: Number(v) }))}
              />
            )}
          </Field>
          <Field label={t('learn.seed')}>
            {() => (
              <Whole
                value={exploration.seed}
                max={1_000_000}
                label={t('learn.seed')}
                locked={locked}
                onChange={seed => learn({ seed })}
              />
            )}
          </Field>
          <Checkbox
            checked={exploration.thompson}
            disabled={locked}
            onChange={event => learn({ thompson: event.target.checked })}
          >
            {t('learn.thompson')}
          </Checkbox>
        </div>
        <p className="small muted">{t('learn.help')}</p>
      </Panel>
    </>
  )
}
