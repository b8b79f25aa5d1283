import { useGet } from '../../../api/queries.ts'
import type { RuleVersions } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Chip } from '../../../kit/index.ts'
import type { Rule } from './rule-draft.ts'

/** A rule over time; any version can be started from again. */
export function RuleVersionList({ id, onUse }: { id: string; onUse: (rule: Rule) => void }) {
  const { t, instant } = useText()
  const versions = useGet<RuleVersions>(`/quality/rules/${id}/versions`)
  return (
    <div className="stack tight">
      <div className="strong">{t('rules.versions')}</div>
      <Async query={versions} lines={2}>
        {({ rows }) => (
          <ul className="plain stack tight">
            {rows.map(row => (
              <li key={row.version} className="row apart">
                <span>
                  {t('rules.version', { version: row.version })}{' '}
                  <span className="small muted">
                    {t('rules.by', { who: row.changedBy, at: instant(row.changedAt) })}
                  </span>{' '}
                  {row.removed ? <Chip>{t('rules.removed')}</Chip> : null}
                </span>
                <Button size="small" onClick={() => onUse(row.rule)}>
                  {t('rules.use-version')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Async>
    </div>
  )
}
