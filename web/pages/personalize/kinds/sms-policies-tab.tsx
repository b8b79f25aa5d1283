import type { SmsPolicyList } from '../../../../src/personalize/kinds/api.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Chip, Panel } from '../../../kit/index.ts'

type Policy = SmsPolicyList['rows'][number]

export function SmsPoliciesTab() {
  const { t } = useText()
  const list = useGet<SmsPolicyList>('/sms-policies')
  return (
    <Async query={list} lines={8}>
      {({ rows, current }) => (
        <div className="stack">
          <p className="soft">{t('sms-policy.lead')}</p>
          {rows.map(policy => (
            <PolicyPanel key={policy.code} policy={policy} current={policy.code === current} />
          ))}
        </div>
      )}
    </Async>
  )
}

function PolicyPanel({ policy, current }: { policy: Policy; current: boolean }) {
  const { t, say, term } = useText()
  const { signature, optOut, variables, without, breaches } = policy
  const counts = Object.entries(variables)
  const values = [
    t('sms-policy.longest', { longest: policy.longest }),
    ...(without.length > 0
      ? [t('sms-policy.without', { what: without.map(({ name }) => say(name)).join(' · ') })]
      : []),
    ...(policy.adjacent ? [] : [t('sms-policy.not-adjacent')]),
  ]
  return (
    <Panel
      title={say(policy.name)}
      note={policy.source}
      extra={current ? <Chip tone="good">{t('sms-policy.current')}</Chip> : null}
    >
      <dl className="pairs">
        <dt>{t('sms-policy.length')}</dt>
        <dd>{t('sms-policy.length-of', { characters: policy.characters, segments: policy.segments })}</dd>
        <dt>{t('sms-policy.signature')}</dt>
        <dd>{signature ? t('sms-policy.signature-of', signature) : t('sms-policy.any')}</dd>
        <dt>{t('sms-policy.optout')}</dt>
        <dd>{optOut ? optOut.join(' · ') : t('sms-policy.any')}</dd>
        <dt>{t('sms-policy.variables')}</dt>
        <dd>
          {counts.length === 0
            ? t('sms-policy.any')
            : counts
                .map(([kind, most]) =>
                  t('sms-policy.variables-of', {
                    class: term('class', kind),
                    most: most === 0 ? t('sms-policy.variables-none') : most,
                  }),
                )
                .join(' · ')}
        </dd>
        <dt>{t('sms-policy.values')}</dt>
        <dd>{values.join(' · ')}</dd>
        <dt>{t('sms-policy.links')}</dt>
        <dd>{t(`sms-policy.links.${policy.links}`)}</dd>
        <dt>{t('sms-policy.breaches')}</dt>
        <dd>
          {breaches.length === 0 ? (
            <Chip tone="good">{t('sms-policy.no-breaches')}</Chip>
          ) : (
            <ul className="plain-list">
              {breaches.map(({ template, language, rule, said }) => (
                <li key={`${template}/${language}/${rule}`}>
                  <Chip tone="warn">
                    {template} · {term('language', language)}
                  </Chip>{' '}
                  {say(said)}
                </li>
              ))}
            </ul>
          )}
        </dd>
      </dl>
    </Panel>
  )
}
