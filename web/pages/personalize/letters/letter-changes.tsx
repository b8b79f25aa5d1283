import type { LetterDetail } from '../../../api/letters.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Panel } from '../../../kit/index.ts'

/** What the author did to the template: the template's words to the left, the letter's to the right. */
export function LetterChanges({ changes }: { changes: LetterDetail['changes'] }) {
  const { t } = useText()
  return (
    <Panel title={t('letters.changes')}>
      {changes.length === 0 ? (
        <Blank title={t('letters.changes-none')} />
      ) : (
        changes.map(change => (
          <section key={`${change.what} ${change.title}`}>
            <h3>{t(`letters.change.${change.what}`, { title: change.title })}</h3>
            <div className="letter-change">
              <del>{change.before || '–'}</del>
              <ins>
                {change.what === 'enclosure'
                  ? t('letters.pages', { count: Number(change.after) })
                  : change.after || '–'}
              </ins>
            </div>
          </section>
        ))
      )}
    </Panel>
  )
}
