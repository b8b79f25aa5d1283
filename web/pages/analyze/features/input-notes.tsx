import { useText } from '../../../i18n/use-text.ts'
import { Callout, Panel } from '../../../kit/index.ts'
import type { FeatureList } from './types.ts'

/** What was odd about the rows a turn analysed, and what it did with them. */
export function InputNotes({ notes }: { notes: FeatureList['notes'] }) {
  const { t, say } = useText()
  if (notes.length === 0) return null
  return (
    <Panel title={t('fcat.notes')} note={t('fcat.notes-lead')}>
      <div className="stack tight">
        {notes.map(note => (
          <Callout key={note.id} tone={note.tone} title={say(note.title)}>
            {say(note.handled)}
            {note.examples.length > 0 ? (
              <div className="small muted break">
                {t('fcat.notes-examples', { examples: note.examples.join(', ') })}
              </div>
            ) : null}
          </Callout>
        ))}
      </div>
    </Panel>
  )
}
