import { useMemo } from 'react'
import type { Criterion } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Select } from '../../../../kit/index.ts'

const groups = ['who', 'bought', 'contact', 'score', 'research'] as const

interface FeatureSelectProps {
  criteria: readonly Criterion[]
  value?: string | undefined
  locked: boolean
  placeholder?: string
  onChange: (criterion: Criterion) => void
}

/** Features by what they are about; found by either language's name. */
export function FeatureSelect({ criteria, value, locked, placeholder, onChange }: FeatureSelectProps) {
  const { t, term, say } = useText()
  const options = useMemo(
    () =>
      groups.map(group => ({
        label: term('seg-group', group),
        options: criteria
          .filter(criterion => criterion.group === group)
          .map(({ id, name, meaning }) => ({
            value: id,
            label: say(name),
            title: meaning ? say(meaning) : '',
            words: `${name.en} ${name.zh} ${id}`.toLowerCase(),
          })),
      })),
    [criteria, say, term],
  )
  return (
    <Select
      size="small"
      showSearch
      className="feature-select"
      aria-label={t('seg.feature')}
      disabled={locked}
      value={value ?? null}
      placeholder={placeholder}
      options={options}
      popupMatchSelectWidth={260}
      filterOption={(typed, option) =>
        option !== undefined && 'words' in option && String(option.words).includes(typed.toLowerCase())
      }
      onChange={(id: string | null) => {
        const picked = criteria.find(criterion => criterion.id === id)
        if (picked) onChange(picked)
      }}
    />
  )
}
