import { SearchOutlined } from '@ant-design/icons'
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { useGet } from '../api/queries.ts'
import { may, type User } from '../api/session.ts'
import type { CustomerList } from '../api/types.ts'
import { useText } from '../i18n/use-text.ts'
import { Input, Modal, useLater } from '../kit/index.ts'
import { navItems } from './nav-items.tsx'

interface Door {
  to: string
  label: string
  note: string
  icon?: ReactNode
}

/** ⌘K: a page by its name, a customer by name, pinyin, phone or number. */
export function Palette({ open, user, onClose }: { open: boolean; user: User; onClose: () => void }) {
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={560}
      destroyOnHidden
      style={{ top: 96 }}
    >
      <PaletteBody user={user} onClose={onClose} />
    </Modal>
  )
}

function PaletteBody({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useText()
  const navigate = useNavigate()
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState(0)
  const q = useLater(words.trim())
  const found = useGet<CustomerList>('/customers', { query: { q, limit: 8 }, enabled: q.length > 0, keep: true })
  const needle = words.trim().toLowerCase()
  const pages: Door[] = navItems
    .filter(item => may(user, item.permission) && t(item.label).toLowerCase().includes(needle))
    .map(item => ({ to: item.to, label: t(item.label), note: t('palette.page'), icon: item.icon }))
  const people: Door[] =
    needle && found.data
      ? found.data.rows.map(row => ({
          to: `/customers/${row.customerId}`,
          label: row.name || t('customer.nameless'),
          note: [row.city, row.mobile, `#${row.customerId}`].filter(Boolean).join(' · '),
        }))
      : []
  const doors = [...people, ...pages]
  useEffect(() => {
    if (chosen >= doors.length) setChosen(0)
  }, [chosen, doors.length])

  const go = (door: Door | undefined): void => {
    if (!door) return
    onClose()
    void navigate(door.to)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setChosen(index => (index + 1) % Math.max(doors.length, 1))
    else if (event.key === 'ArrowUp') setChosen(index => (index + doors.length - 1) % Math.max(doors.length, 1))
    else if (event.key === 'Enter') go(doors[chosen])
    else return
    event.preventDefault()
  }
  return (
    <div className="palette">
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined />}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        value={words}
        onKeyDown={onKey}
        onChange={event => {
          setWords(event.target.value)
          setChosen(0)
        }}
      />
      <div className="palette-list" role="listbox" aria-label={t('palette.results')}>
        {doors.map((door, index) => (
          <button
            type="button"
            key={door.to}
            role="option"
            aria-selected={index === chosen}
            className={index === chosen ? 'palette-item chosen' : 'palette-item'}
            onMouseMove={() => setChosen(index)}
            onClick={() => go(door)}
          >
            <span aria-hidden="true">{door.icon}</span>
            <span className="grow">{door.label}</span>
            <span className="muted small">{door.note}</span>
          </button>
        ))}
        {doors.length === 0 ? <p className="palette-none muted">{t('palette.nothing')}</p> : null}
      </div>
    </div>
  )
}
