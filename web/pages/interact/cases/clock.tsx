import { useText } from '../../../i18n/use-text.ts'
import { Chip } from '../../../kit/index.ts'
import type { CaseRow } from './types.ts'

/** How much working time is left, in the unit that says it best. */
export function CaseClock({ row }: { row: CaseRow }) {
  const { t, number } = useText()
  if (row.state === 'resolved')
    return <Chip tone={row.told ? 'good' : 'warn'}>{t(row.told ? 'cs.told' : 'cs.not-told')}</Chip>
  const minutes = Math.abs(row.leftMinutes)
  const time =
    minutes >= 90 ? t('cs.hours', { n: number(Math.round(minutes / 60)) }) : t('cs.minutes', { n: number(minutes) })
  if (row.state === 'waiting') return <Chip title={t('cs.clock-stands')}>{t('cs.left', { time })}</Chip>
  if (row.leftMinutes < 0)
    return (
      <Chip tone="bad">
        {row.level > 1 ? t('cs.late-level', { time, level: row.level }) : t('cs.late-by', { time })}
      </Chip>
    )
  return <Chip tone={row.leftMinutes < 120 ? 'warn' : 'outline'}>{t('cs.left', { time })}</Chip>
}
