import type { MessageId } from '../../../i18n/i18n.ts'
import { useText } from '../../../i18n/use-text.ts'

const texts = {
  versions: ['model.help-versions', 'model.help-choice'],
  calibration: ['model.help-calibration', 'model.help-lift'],
  backtests: ['model.help-backtests'],
  drift: ['model.help-psi', 'model.help-chance'],
  leaving: ['model.help-hazard'],
  uplift: ['model.help-uplift', 'model.help-qini'],
  verdict: ['model.help-verdicts'],
} satisfies Record<string, readonly MessageId[]>

/** How the figures come about; folded away. */
export function Help({ id }: { id: keyof typeof texts }) {
  const { t } = useText()
  return (
    <details className="parameters">
      <summary>{t('model.how')}</summary>
      {texts[id].map(text => (
        <p key={text} className="soft">
          {t(text)}
        </p>
      ))}
    </details>
  )
}
