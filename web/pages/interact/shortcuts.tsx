import { useText } from '../../i18n/use-text.ts'
import { modKey } from '../../kit/index.ts'

/** The whole desk without a mouse. */
export function Shortcuts() {
  const { t } = useText()
  return (
    <dl className="shortcuts">
      <div>
        <dt>
          <kbd>1</kbd>–<kbd>9</kbd>
        </dt>
        <dd>{t('keys.branch')}</dd>
      </div>
      <div>
        <dt>
          <kbd>A</kbd> <kbd>R</kbd> <kbd>O</kbd> …
        </dt>
        <dd>{t('keys.outcome')}</dd>
      </div>
      <div>
        <dt>
          <kbd>Tab</kbd>
        </dt>
        <dd>{t('keys.field')}</dd>
      </div>
      <div>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>{t('keys.leave-field')}</dd>
      </div>
      <div>
        <dt>
          <kbd>{modKey}</kbd> <kbd>↵</kbd>
        </dt>
        <dd>{t('keys.save')}</dd>
      </div>
    </dl>
  )
}
