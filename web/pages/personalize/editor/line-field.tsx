import { useId } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { LineText } from '../../../kit/rich-text/line-text.tsx'
import { useEditorKnows } from './editor-context.ts'
import type { Line, Phrase } from './model.ts'

interface LineFieldProps {
  label: string
  value: Line | undefined
  onChange: (value: Line) => void
}

/** One line, in the language that is open or in all of them under each other. */
export function LineField({ label, value = {}, onChange }: LineFieldProps) {
  const { term } = useText()
  const { shown, locked, look, ask } = useEditorKnows()
  return (
    <div className="line-field">
      <span className="label">{label}</span>
      <div className="stack tight">
        {shown.map(language => (
          <div key={language} className="line-in" lang={language}>
            {shown.length > 1 ? <span className="lang-mark">{term('language', language)}</span> : null}
            <LineText
              label={`${label} · ${term('language', language)}`}
              locked={locked}
              look={look}
              ask={ask}
              value={value[language] ?? []}
              onChange={words => onChange({ ...value, [language]: words })}
            />
          </div>
        ))}
      </div>
    </div>
  )
}

/** One line that is the same in every language: an address, a number. */
export function PhraseField({
  label,
  value,
  onChange,
}: {
  label: string
  value: Phrase
  onChange: (value: Phrase) => void
}) {
  const { locked, look, ask } = useEditorKnows()
  const id = useId()
  return (
    <div className="line-field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <LineText id={id} label={label} locked={locked} look={look} ask={ask} value={value} onChange={onChange} />
    </div>
  )
}
