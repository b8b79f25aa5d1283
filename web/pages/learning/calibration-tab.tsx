import type { CalibrationPage, PlanCalibration } from '../../api/learning.ts'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import { useChangeOf } from '../../api/use-change.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Chip, useProblem, useToast } from '../../kit/index.ts'
import { Factors } from './factors.tsx'
import { Terms } from './terms.tsx'

/** Promise against outcome: the factors the newest plan was made with, and those of the next. */
export function CalibrationTab() {
  const { t } = useText()
  const page = useGet<CalibrationPage>('/plan/calibration')
  return (
    <Async query={page} lines={10}>
      {({ plan, next }) => (
        <div className="stack">
          <Use next={next} />
          {next.turns.length === 0 ? (
            <Blank title={t('learned.no-factors')}>{t('learned.no-factors-hint')}</Blank>
          ) : (
            <Factors title={t('learned.factors-next')} calibration={next} />
          )}
          {plan ? <Factors title={t('learned.factors-plan')} calibration={plan} /> : null}
          <Terms of={['factor', 'level', 'expected', 'held-out', 'interval']} />
        </div>
      )}
    </Async>
  )
}

function Use({ next }: { next: PlanCalibration }) {
  const { t } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const change = useChangeOf<CalibrationPage>(['/plan/calibration'], ({ next: now }) =>
    toast.done(t(now.used ? 'learned.now-on' : 'learned.now-off')),
  )
  return (
    <Callout
      title={t('learned.use')}
      extra={
        may('plan.write') ? (
          <Button
            loading={change.isPending}
            onClick={() => change.mutate({ method: 'PUT', path: '/plan/calibration', body: { used: !next.used } })}
          >
            {t(next.used ? 'learned.use-turn-off' : 'learned.use-turn-on')}
          </Button>
        ) : null
      }
    >
      <Chip tone={next.used ? 'good' : 'warn'}>{t(next.used ? 'learned.use-on' : 'learned.use-off')}</Chip>{' '}
      {change.error ? problem(change.error) : t('learned.use-note')}
    </Callout>
  )
}
