import { useEffect, useRef } from 'react'
import type { PlacedProblem } from '../../../api/content.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Panel, Tabs, useUrlState } from '../../../kit/index.ts'

interface ExpertEditorProps {
  files: Readonly<Record<string, string>>
  problems: readonly PlacedProblem[]
  locked: boolean
  note?: string | undefined
  onChange: (files: Record<string, string>, about: string) => void
}

/** The files themselves: Typst, MJML, texts; faults stand at their line. */
export function ExpertEditor({ files, problems, locked, note, onChange }: ExpertEditorProps) {
  const { t, say } = useText()
  const names = Object.keys(files).sort()
  const [open, setOpen] = useUrlState('file', names[0] ?? '')
  const file = names.includes(open) ? open : (names[0] ?? '')
  const faults = problems.filter(problem => problem.file === file)
  const elsewhere = problems.filter(problem => problem.file === undefined)
  return (
    <Panel title={t('editor.files')} note={note ?? t('editor.files-note')}>
      <div className="stack tight">
        {elsewhere.map(({ message, severity }) => (
          <Callout key={message.en} tone={severity === 'error' ? 'bad' : 'warn'}>
            {say(message)}
          </Callout>
        ))}
        <Tabs
          activeKey={file}
          onChange={setOpen}
          items={names.map(name => ({
            key: name,
            label: problems.some(problem => problem.file === name) ? <span className="bad-ink">{name}</span> : name,
          }))}
        />
        <SourceText
          key={file}
          name={file}
          text={files[file] ?? ''}
          faults={faults}
          locked={locked}
          onChange={text => onChange({ ...files, [file]: text }, file)}
        />
      </div>
    </Panel>
  )
}

interface SourceTextProps {
  name: string
  text: string
  faults: readonly PlacedProblem[]
  locked: boolean
  onChange: (text: string) => void
}

/** A text with numbered lines; the numbers follow the text as it scrolls. */
function SourceText({ name, text, faults, locked, onChange }: SourceTextProps) {
  const { t, say } = useText()
  const area = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLOListElement>(null)
  const lines = text.split('\n').length
  const byLine = Map.groupBy(faults, ({ line = 0 }) => line)
  const goTo = (line: number, column = 1) => {
    const box = area.current
    if (!box) return
    const before = text.split('\n').slice(0, line - 1)
    const at = before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1
    box.focus()
    box.setSelectionRange(at, at)
    box.scrollTop = Math.max(0, (line - 6) * LINE_PX)
  }
  useEffect(() => {
    const box = area.current
    const numbers = gutter.current
    if (!box || !numbers) return
    const follow = () => {
      numbers.scrollTop = box.scrollTop
    }
    box.addEventListener('scroll', follow)
    return () => box.removeEventListener('scroll', follow)
  }, [])
  return (
    <>
      {faults.map(({ line = 0, column, message, field }) => (
        <Callout key={`${line} ${message.en}`} tone="bad">
          <button type="button" className="link-button" onClick={() => goTo(line, column)}>
            {t('editor.at-line', { line, column: column ?? 1 })}
          </button>{' '}
          {field ? <code>{field}</code> : null} {say(message)}
        </Callout>
      ))}
      <div className="source-text">
        <ol ref={gutter} className="source-lines" aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => {
            const number = index + 1
            return (
              <li key={number} className={byLine.has(number) ? 'bad' : undefined}>
                {number}
              </li>
            )
          })}
        </ol>
        <textarea
          ref={area}
          value={text}
          readOnly={locked}
          spellCheck={false}
          wrap="off"
          aria-label={name}
          onChange={event => onChange(event.target.value)}
          onKeyDown={event => {
            // Tab leads on, as everywhere; two spaces are typed.
            if (event.key === 'Escape') event.currentTarget.blur()
          }}
        />
      </div>
    </>
  )
}

/** As in editor.css. */
const LINE_PX = 20
