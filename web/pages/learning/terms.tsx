import { useText } from '../../i18n/use-text.ts'

export type TermId =
  | 'turn'
  | 'held-out'
  | 'interval'
  | 'expected'
  | 'odds'
  | 'evidence'
  | 'level'
  | 'factor'
  | 'cuped'
  | 'calibration'

/** What the words of a page mean, for whoever asks. */
export function Terms({ of }: { of: readonly TermId[] }) {
  const { t } = useText()
  return (
    <details className="small soft terms">
      <summary>{t('learned.terms')}</summary>
      <dl>
        {of.map(term => (
          <div key={term}>
            <dt className="strong">{t(`learned.term-${term}`)}</dt>
            <dd>{t(`learned.term-${term}-text`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
