import { useText } from '../../../../i18n/use-text.ts'
import { RichText } from '../../../../kit/rich-text/rich-text.tsx'
import { useEditorKnows } from '../editor-context.ts'
import type { BlockOf } from '../model.ts'

/** Running text: in the language that is open, or in all of them side by side. */
export function TextBody({ block }: { block: BlockOf<'text'> }) {
  const { t, term } = useText()
  const { shown, languages, locked, look, ask, change } = useEditorKnows()
  return (
    <div className="side-by-side">
      {shown.map(language => {
        const value = block.text[language] ?? []
        const missing = value.length === 0 && languages.some(other => (block.text[other]?.length ?? 0) > 0)
        return (
          <div key={language} lang={language}>
            {shown.length > 1 || missing ? (
              <div className="lang-mark">
                {shown.length > 1 ? term('language', language) : null}{' '}
                {missing ? <span className="warn-ink">{t('editor.missing-here')}</span> : null}
              </div>
            ) : null}
            <RichText
              label={`${term('block', 'text')} · ${term('language', language)}`}
              locked={locked}
              look={look}
              ask={ask}
              value={value}
              onChange={paragraphs =>
                change({ ...block, text: { ...block.text, [language]: paragraphs } }, `${block.id} ${language}`)
              }
            />
          </div>
        )
      })}
    </div>
  )
}
