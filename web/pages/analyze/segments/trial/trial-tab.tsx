import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../../api/client.ts'
import { useGet } from '../../../../api/queries.ts'
import type { Made, Trial, TrialList } from '../../../../api/segments.ts'
import { useMay } from '../../../../api/session.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Panel, Progress, Select, useProblem } from '../../../../kit/index.ts'
import { CapacityEditor } from './capacity-editor.tsx'
import { TrialView } from './trial-view.tsx'

/** A version on trial: today and the past twelve months. */
export function TrialTab({ version, dirty }: { version: number; dirty: boolean }) {
  const { t, say, instant } = useText()
  const may = useMay()
  const problem = useProblem()
  const client = useQueryClient()
  const [months, setMonths] = useState<1 | 3 | 6 | 12>(3)
  const list = useGet<TrialList>('/segments/trials', { query: { version } })
  const newest = list.data?.rows[0]
  const trial = useGet<Trial>(`/segments/trials/${newest?.id}`, {
    enabled: newest !== undefined,
    every: data => (data && (data.state === 'done' || data.state === 'failed') ? false : 1000),
  })
  const start = useMutation({
    mutationFn: () => send<Made>('POST', '/segments/trials', { version, months }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['/segments/trials'] }),
  })
  const running = trial.data?.state === 'running' || trial.data?.state === 'waiting'
  return (
    <div className="stack">
      <Panel
        title={t('seg.trial')}
        note={t('seg.trial-note')}
        extra={
          <span className="row tight wrap-row no-print">
            <CapacityEditor />
            {may('segments.write') ? (
              <>
                <Select
                  aria-label={t('seg.steps')}
                  value={months}
                  onChange={setMonths}
                  options={([1, 3, 6, 12] as const).map(value => ({
                    value,
                    label: t('seg.every-months', { count: value }),
                  }))}
                />
                <Button
                  type="primary"
                  loading={start.isPending || running}
                  disabled={dirty}
                  onClick={() => start.mutate()}
                >
                  {t('seg.try')}
                </Button>
              </>
            ) : null}
          </span>
        }
      >
        <div className="stack tight">
          {dirty ? <Callout tone="warn">{t('seg.save-first')}</Callout> : null}
          {start.error ? <Callout tone="bad">{problem(start.error)}</Callout> : null}
          {trial.data?.outdated ? <Callout tone="warn">{t('seg.trial-outdated')}</Callout> : null}
          {trial.data?.error ? <Callout tone="bad">{say(trial.data.error)}</Callout> : null}
          {running ? (
            <Progress
              percent={Math.round(100 * (trial.data?.done ?? 0))}
              aria-label={t('seg.trying')}
              format={percent => `${percent} % ${trial.data?.note ?? ''}`}
            />
          ) : null}
          {trial.data && !running ? (
            <p className="small muted">{t('seg.tried-by', { name: trial.data.by, at: instant(trial.data.at) })}</p>
          ) : null}
        </div>
      </Panel>
      {newest === undefined && list.data ? (
        <Blank title={t('seg.no-trial')}>{t('seg.no-trial-note')}</Blank>
      ) : newest ? (
        <Async query={trial} lines={10}>
          {data => (data.result ? <TrialView result={data.result} /> : null)}
        </Async>
      ) : null}
    </div>
  )
}
