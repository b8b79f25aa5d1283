import { useText } from '../../../i18n/use-text.ts'
import { Input, useUrlState } from '../../../kit/index.ts'

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** Four weeks until the address says otherwise. */
export function usePeriod() {
  const [from, setFrom] = useUrlState('from', daysAgo(27))
  const [to, setTo] = useUrlState('to', daysAgo(0))
  return { from, setFrom, to, setTo }
}

export function PeriodFields({ from, setFrom, to, setTo }: ReturnType<typeof usePeriod>) {
  const { t } = useText()
  const field = (label: string, value: string, put: (value: string) => void) => (
    <Input
      type="date"
      aria-label={label}
      style={{ width: 150 }}
      value={value}
      onChange={event => put(event.target.value)}
    />
  )
  return (
    <>
      {field(t('tl.from'), from, setFrom)}
      {field(t('tl.to'), to, setTo)}
    </>
  )
}
