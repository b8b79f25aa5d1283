import type { ReactNode } from 'react'
import { Input, Segmented, Select } from './controls.ts'

interface Choice {
  label: string
  value: string
  onChange: (value: string) => void
  options: { value: string; label: ReactNode }[]
}

interface ListFilterProps {
  /** One is always chosen. */
  state: Choice
  /** One or none is chosen. */
  choices?: readonly Choice[]
  search?: { label: string; value: string; onChange: (value: string) => void }
  /** Inside of a panel without edges. */
  inset?: boolean
  /** Buttons, a count. */
  children?: ReactNode
}

/** What of a list is shown; the same on every list of states. */
export function ListFilter({ state, choices = [], search, inset, children }: ListFilterProps) {
  return (
    <search className={inset ? 'toolbar inset' : 'toolbar'}>
      <div className="scroll-x">
        <Segmented
          aria-label={state.label}
          value={state.value}
          onChange={state.onChange}
          options={state.options.map(option => ({ ...option }))}
        />
      </div>
      {choices.map(({ label, value, onChange, options }) => (
        <Select
          key={label}
          aria-label={label}
          className="filter-choice"
          popupMatchSelectWidth={false}
          allowClear
          placeholder={label}
          value={value || null}
          onChange={chosen => onChange(chosen ?? '')}
          options={options}
        />
      ))}
      {search ? (
        <Input.Search
          allowClear
          className="grow"
          placeholder={search.label}
          aria-label={search.label}
          value={search.value}
          onChange={event => search.onChange(event.target.value)}
        />
      ) : null}
      {children}
    </search>
  )
}
