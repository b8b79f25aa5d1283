import type { PolicyDetail } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Checkbox } from '../../../kit/index.ts'

export type Counted = PolicyDetail['measured'][number]

interface MeasuredCapacityProps {
  counted: Counted | undefined
  measured: boolean
  locked: boolean
  onChange: (measured: boolean) => void
}

/** The calls a day that were really made, what they were counted from, and whether the plan is to take them. */
export function MeasuredCapacity({ counted, measured, locked, onChange }: MeasuredCapacityProps) {
  const { t, number, day } = useText()
  const { agents = 0, hoursPerDay = 0, callsPerHour = 0, days = 0 } = counted?.basis ?? {}
  return (
    <div className="stack tight">
      <Checkbox checked={measured} disabled={locked} onChange={event => onChange(event.target.checked)}>
        {t('capacity.measured')}
      </Checkbox>
      {counted ? (
        <p className="small">
          {t('capacity.measured-is', { calls: number(counted.perDay), day: day(counted.at) })}
          <br />
          <span className="muted">
            {t('capacity.measured-basis', {
              agents: number(agents, 1),
              hours: number(hoursPerDay, 1),
              perHour: number(callsPerHour, 1),
              days: number(days),
            })}
          </span>
        </p>
      ) : (
        <p className="small muted">{t('capacity.measured-none')}</p>
      )}
    </div>
  )
}
