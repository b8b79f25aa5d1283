import { BranchesOutlined } from '@ant-design/icons'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Field } from '../../../api/content.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Input } from '../../../kit/index.ts'
import type { Chip } from '../../../kit/rich-text/model.ts'

interface PaletteProps {
  fields: readonly Field[]
  at: { left: number; top: number }
  onPick: (pick: Chip | 'condition') => void
  onClose: () => void
}

/** Fields that print something: not groups, not lists, not columns of lists. */
export const printable = (fields: readonly Field[]): Field[] =>
  fields.filter(({ type, list }) => list === null && type !== 'list' && type !== 'object')

const WIDTH = 380
const HEIGHT = 340

/** Fields by name, path or example; arrows and Enter choose. */
export function Palette({ fields, at, onPick, onClose }: PaletteProps) {
  const { t, say, lang } = useText()
  const id = useId()
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const found = useMemo(() => {
    const asked = words.trim().toLowerCase()
    const rows: (Field | 'condition')[] = printable(fields).filter(({ name, path }) =>
      `${name.en} ${name.zh} ${path}`.toLowerCase().includes(asked),
    )
    if (asked === '' || t('editor.condition').toLowerCase().includes(asked)) rows.push('condition')
    return rows
  }, [fields, words, t])
  const place = Math.min(chosen, found.length - 1)
  useEffect(() => {
    list.current?.children[place]?.scrollIntoView({ block: 'nearest' })
  }, [place])
  const pick = (row: Field | 'condition' | undefined) => {
    if (!row) return
    if (row === 'condition') return onPick('condition')
    const [format] = row.formats
    onPick({ type: 'field', path: row.path, ...(format ? { format } : {}) })
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    switch (event.key) {
      case 'ArrowDown':
        setChosen(Math.min(found.length - 1, place + 1))
        break
      case 'ArrowUp':
        setChosen(Math.max(0, place - 1))
        break
      case 'Enter':
        pick(found[place])
        break
      case 'Escape':
      case 'Tab':
        onClose()
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const left = Math.max(8, Math.min(at.left, window.innerWidth - WIDTH - 8))
  const top = at.top + HEIGHT > window.innerHeight ? Math.max(8, window.innerHeight - HEIGHT - 8) : at.top + 4
  return (
    <>
      <button type="button" className="palette-veil" tabIndex={-1} aria-label={t('action.close')} onClick={onClose} />
      <div className="palette-box" style={{ left, top }} role="dialog" aria-label={t('editor.palette')}>
        <Input
          autoFocus
          value={words}
          placeholder={t('editor.palette-search')}
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={`${id}-${place}`}
          onChange={event => {
            setWords(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKey}
        />
        <div className="palette-list" ref={list} id={id} role="listbox" aria-label={t('editor.palette')}>
          {found.map((row, index) => (
            <button
              key={row === 'condition' ? row : row.path}
              type="button"
              role="option"
              id={`${id}-${index}`}
              aria-selected={index === place}
              tabIndex={-1}
              className={index === place ? 'palette-row chosen' : 'palette-row'}
              onMouseMove={() => setChosen(index)}
              onClick={() => pick(row)}
            >
              {row === 'condition' ? (
                <>
                  <BranchesOutlined /> <span className="strong">{t('editor.condition')}</span>
                  <span className="small muted">{t('editor.condition-hint')}</span>
                </>
              ) : (
                <>
                  <span className="strong">{say(row.name)}</span>
                  <code>{row.path}</code>
                  <span className="small muted ellipsis">
                    {row.examples[lang] ?? Object.values(row.examples)[0] ?? ''}
                  </span>
                </>
              )}
            </button>
          ))}
          {found.length === 0 ? <p className="muted small">{t('editor.palette-none')}</p> : null}
        </div>
      </div>
    </>
  )
}
