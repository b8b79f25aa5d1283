import type { MessageId } from '../../../i18n/i18n.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Panel } from '../../../kit/index.ts'
import type { CaseDetail } from './types.ts'

type Note = CaseDetail['notes'][number]

/** Everything that was done, the latest first. */
export function CaseHistory({ notes, categories }: Pick<CaseDetail, 'notes' | 'categories'>) {
  const { t, say, term, instant } = useText()
  const told = ({ what, text }: Note): string => {
    if (what === 'category') return say(categories.find(one => one.code === text)?.name ?? { en: text, zh: text })
    if (what === 'opened') return ''
    if (text === 'email' || text === 'sms') return term('channel', text)
    if (what === 'owner') return text || t('cs.nobody')
    return text
  }
  return (
    <Panel title={t('cs.history')}>
      <ol className="timeline">
        {notes.toReversed().map(note => (
          <li key={note.noteId}>
            <span className="when soft">{instant(note.at)}</span>
            <div>
              <span className="strong">{t(`cs.did.${note.what}` as MessageId)}</span>
              {note.userName ? <span className="soft"> · {note.userName}</span> : null}
              {told(note) ? <p className="said">{told(note)}</p> : null}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
