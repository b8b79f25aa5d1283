import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { MappingOptions, ScheduleBody, SourceDetail } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Chip, Field, Input, Panel, Select, useProblem, useToast } from '../../../kit/index.ts'
import { useTimingWords } from './timing-words.ts'

type Timing = ScheduleBody['timing']

const START: Record<Timing['kind'], Timing> = {
  every: { kind: 'every', minutes: 60 },
  daily: { kind: 'daily', at: '02:30' },
  cron: { kind: 'cron', cron: '0 3 * * 1-5' },
}
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** When a source is read by itself: set, paused, run at once. */
export function ScheduleForm({ detail }: { detail: SourceDetail }) {
  const { t, instant } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const words = useTimingWords()
  const options = useGet<MappingOptions>('/sources/options')
  const { source, schedule } = detail.source
  const [timing, setTiming] = useState<Timing>(schedule?.timing ?? START.every)
  const [timeZone, setTimeZone] = useState(schedule?.timeZone ?? HERE)
  const refresh = () =>
    client.invalidateQueries({ predicate: query => /^\/(sources|imports)/.test(String(query.queryKey[0])) })
  const save = useMutation({
    mutationFn: (paused: boolean) => send<null>('PUT', `/sources/${source}/schedule`, { timing, timeZone, paused }),
    onSuccess: () => {
      toast.done(t('sched.saved'))
      return refresh()
    },
  })
  const remove = useMutation({
    mutationFn: () => send<null>('DELETE', `/sources/${source}/schedule`),
    onSuccess: () => {
      toast.done(t('sched.removed'))
      return refresh()
    },
  })
  const run = useMutation({
    mutationFn: () => send<{ loadId: number }>('POST', `/sources/${source}/load`, {}),
    onSuccess: () => {
      toast.done(t('load.started'))
      return refresh()
    },
  })
  const error = save.error ?? remove.error ?? run.error
  const minutes = options.data?.everyMinutes ?? [60]
  return (
    <Panel title={t('sched.title')} note={t('sched.note')}>
      <div className="stack">
        {error ? <Callout tone="bad">{problem(error)}</Callout> : null}
        <p>
          {schedule ? (
            <>
              <span className="strong">{words(schedule.timing)}</span> <span className="soft">{schedule.timeZone}</span>{' '}
              {schedule.paused ? (
                <Chip tone="warn">{t('sched.paused')}</Chip>
              ) : schedule.next ? (
                <Chip>{t('sched.next', { at: instant(schedule.next) })}</Chip>
              ) : null}
            </>
          ) : (
            t('sched.none')
          )}
        </p>
        {may('collect.import') ? (
          <>
            <div className="fields">
              <Field label={t('sched.title')}>
                {id => (
                  <Select
                    id={id}
                    value={timing.kind}
                    onChange={kind => setTiming(START[kind])}
                    options={[
                      { value: 'every', label: t('sched.every') },
                      { value: 'daily', label: t('sched.daily') },
                      { value: 'cron', label: t('sched.cron') },
                    ]}
                  />
                )}
              </Field>
              <Field label={words(timing)}>
                {id =>
                  timing.kind === 'every' ? (
                    <Select
                      id={id}
                      value={timing.minutes}
                      onChange={value => setTiming({ kind: 'every', minutes: value })}
                      options={minutes.map(value => ({ value, label: words({ kind: 'every', minutes: value }) }))}
                    />
                  ) : timing.kind === 'daily' ? (
                    <Input
                      id={id}
                      type="time"
                      value={timing.at}
                      onChange={event => event.target.value && setTiming({ kind: 'daily', at: event.target.value })}
                    />
                  ) : (
                    <Input
                      id={id}
                      className="mono"
                      value={timing.cron}
                      onChange={event => setTiming({ kind: 'cron', cron: event.target.value })}
                    />
                  )
                }
              </Field>
              <Field label={t('sched.zone')}>
                {id => (
                  <Select
                    id={id}
                    showSearch
                    value={timeZone}
                    onChange={setTimeZone}
                    options={['UTC', ...Intl.supportedValuesOf('timeZone')].map(value => ({ value, label: value }))}
                  />
                )}
              </Field>
            </div>
            <div className="row end">
              {schedule ? (
                <>
                  <Button loading={remove.isPending} onClick={() => remove.mutate()}>
                    {t('sched.remove')}
                  </Button>
                  <Button loading={save.isPending} onClick={() => save.mutate(!schedule.paused)}>
                    {t(schedule.paused ? 'sched.resume' : 'sched.pause')}
                  </Button>
                </>
              ) : null}
              <Button loading={save.isPending} onClick={() => save.mutate(false)}>
                {t('sched.save')}
              </Button>
              <Button type="primary" loading={run.isPending} onClick={() => run.mutate()}>
                {t('sched.run')}
              </Button>
            </div>
          </>
        ) : null}
      </div>
    </Panel>
  )
}
