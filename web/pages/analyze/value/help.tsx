import type { MessageId } from '../../../i18n/i18n.ts'
import { useText } from '../../../i18n/use-text.ts'

const texts = {
  value: ['worth.help-value', 'worth.help-interval', 'worth.help-alive'],
  'what-if': ['worth.help-leaver', 'worth.help-kept', 'worth.help-kept-interval'],
  category: ['worth.help-category', 'worth.help-thinned'],
  model: ['worth.help-models', 'worth.help-holdout', 'worth.help-season', 'worth.help-level', 'worth.help-contracts'],
} satisfies Record<string, readonly MessageId[]>

/** How the figures come about, with their formulas; folded away. */
export function Help({ id, values = {} }: { id: keyof typeof texts; values?: Record<string, string> }) {
  const { t } = useText()
  return (
    <details className="parameters">
      <summary>{t('worth.how')}</summary>
      {texts[id].map(text => (
        <p key={text} className="soft">
          {t(text, values)}
        </p>
      ))}
    </details>
  )
}
