import type { TrialResult } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout } from '../../../kit/index.ts'

/** What a rule would find today, by source, with some of the values. */
export function TrialFigures({ result }: { result: TrialResult }) {
  const { t, term, number } = useText()
  if (result.checked === 0) return <Callout tone="warn">{t('rules.trial-none')}</Callout>
  return (
    <Callout
      tone={result.failed > 0 ? 'warn' : 'good'}
      title={t('rules.trial', { failed: number(result.failed), checked: number(result.checked) })}
    >
      <ul className="plain">
        {result.sources.map(of => (
          <li key={of.source}>
            {term('source', of.source)}: {t('rules.trial', { failed: number(of.failed), checked: number(of.checked) })}
            {of.examples.length > 0 ? (
              <div className="small muted break">
                {of.examples.map(({ rowKey, value }) => `${rowKey}: ${value || t('quality.empty')}`).join(' · ')}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Callout>
  )
}
