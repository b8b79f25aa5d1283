import { useText } from '../../../i18n/use-text.ts'
import { modKey } from '../../../kit/index.ts'

/** The whole desk without a mouse. */
export function Shortcuts() {
  const { t } = useText()
  const keys: [string, Parameters<typeof t>[0]][] = [
    ['1–9', 'keys.branch'],
    ['A R O …', 'keys.outcome'],
    ['J K', 'keys.papers'],
    ['Tab', 'keys.field'],
    ['Esc', 'keys.leave-field'],
    [`${modKey} ↵`, 'keys.save'],
  ]
  return (
    <dl className="shortcuts">
      {keys.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{t(what)}</dd>
        </div>
      ))}
    </dl>
  )
}
