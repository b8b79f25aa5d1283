import type { ScheduleBody } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'

/** A schedule in words. */
export function useTimingWords(): (timing: ScheduleBody['timing']) => string {
  const { t } = useText()
  return timing => {
    if (timing.kind === 'daily') return t('sched.at', { at: timing.at })
    if (timing.kind === 'cron') return timing.cron
    return timing.minutes < 60
      ? t('sched.minutes', { minutes: timing.minutes })
      : t('sched.hours', { hours: timing.minutes / 60 })
  }
}
