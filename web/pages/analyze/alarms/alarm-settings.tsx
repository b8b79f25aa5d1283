import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Checkbox,
  type Column,
  DataTable,
  Field,
  InputNumber,
  Panel,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import type { AlarmList, AlarmSettings } from './types.ts'

/** What is watched at which rate, and whether the rate was kept. */
export function AlarmSettingsView() {
  const list = useGet<AlarmList>('/alarms', { query: { limit: 1 } })
  const settings = useGet<AlarmSettings>('/alarms/settings')
  return (
    <div className="stack">
      <Kept query={list} />
      <Async query={settings} lines={8}>
        {data => <SettingsForm key={JSON.stringify(data)} settings={data} />}
      </Async>
    </div>
  )
}

type MeasureRow = AlarmList['measures'][number]

function Kept({ query }: { query: ReturnType<typeof useGet<AlarmList>> }) {
  const { t, say, number } = useText()
  const columns: Column<MeasureRow>[] = [
    {
      id: 'measure',
      title: t('alarms.measure'),
      cell: row => (
        <div>
          <span className="strong">{say(row.name)}</span>
          <div className="small soft">{say(row.meaning)}</div>
          {row.problem ? <div className="small muted">{t(`alarms.problem-${row.problem}`)}</div> : null}
        </div>
      ),
    },
    {
      id: 'watched',
      title: t('alarms.watched'),
      right: true,
      cell: row => number(row.watched),
      by: row => row.watched,
    },
    {
      id: 'learned',
      title: t('alarms.learned'),
      right: true,
      cell: row => number(row.learnedFrom),
      by: row => row.learnedFrom,
    },
    {
      id: 'chance',
      title: t('alarms.by-chance'),
      right: true,
      cell: row => number(row.expectedFalse, 1),
      by: row => row.expectedFalse,
    },
    {
      id: 'raised',
      title: t('alarms.raised'),
      right: true,
      cell: row => <span className="strong">{number(row.alarms)}</span>,
      by: row => row.alarms,
    },
    {
      id: 'judged',
      title: t('alarms.judged-normal'),
      right: true,
      cell: row =>
        row.judged === 0 ? (
          <span className="muted">–</span>
        ) : (
          t('alarms.judged-of', { normal: number(row.normal), judged: number(row.judged) })
        ),
    },
  ]
  return (
    <Panel title={t('alarms.kept')} flush>
      <Async query={query} lines={6}>
        {data => <DataTable columns={columns} rows={data.measures} rowId={row => row.measure} />}
      </Async>
    </Panel>
  )
}

const customers = ['silence', 'drop', 'rise', 'category', 'returns', 'complaints'] as const
const groups = ['revenue', 'purchases', 'returned', 'churn', 'response'] as const

function SettingsForm({ settings }: { settings: AlarmSettings }) {
  const { t } = useText()
  const may = useMay()
  const client = useQueryClient()
  const toast = useToast()
  const problem = useProblem()
  const [draft, setDraft] = useState(settings)
  const save = useMutation({
    mutationFn: () => send<AlarmSettings>('PUT', '/alarms/settings', draft),
    onSuccess: async () => {
      toast.done(t('alarms.saved'))
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/alarms') })
    },
  })
  const locked = !may('alarms.write')
  return (
    <Panel title={t('alarms.settings')}>
      <div className="stack">
        <div className="columns">
          <Field label={t('alarms.rate')}>
            {id => (
              <InputNumber<number>
                id={id}
                min={0.05}
                max={20}
                step={0.5}
                suffix="%"
                disabled={locked}
                value={Math.round(draft.rate * 1e4) / 100}
                onChange={value => setDraft({ ...draft, rate: (value ?? 1) / 100 })}
                style={{ width: 140 }}
              />
            )}
          </Field>
          <Field label={t('alarms.window')}>
            {id => (
              <InputNumber<number>
                id={id}
                min={28}
                max={180}
                precision={0}
                disabled={locked}
                value={draft.window}
                onChange={value => setDraft({ ...draft, window: value ?? 90 })}
                style={{ width: 140 }}
              />
            )}
          </Field>
          <Field label={t('alarms.group-rate')}>
            {id => (
              <InputNumber<number>
                id={id}
                min={0.5}
                max={50}
                step={1}
                suffix="%"
                disabled={locked}
                value={Math.round(draft.groupRate * 1e4) / 100}
                onChange={value => setDraft({ ...draft, groupRate: (value ?? 5) / 100 })}
                style={{ width: 140 }}
              />
            )}
          </Field>
        </div>
        <p className="small soft">{t('alarms.rate-note')}</p>
        <Checkbox.Group
          disabled={locked}
          value={draft.customers}
          onChange={values => setDraft({ ...draft, customers: values as AlarmSettings['customers'] })}
          options={customers.map(value => ({ value, label: t(`alarm-measure.${value}`) }))}
          aria-label={t('alarms.measures')}
        />
        <Checkbox.Group
          disabled={locked}
          value={draft.groups}
          onChange={values => setDraft({ ...draft, groups: values as AlarmSettings['groups'] })}
          options={groups.map(value => ({ value, label: t(`alarm-measure.${value}`) }))}
          aria-label={t('alarms.group-measures')}
        />
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        {locked ? null : (
          <div>
            <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
              {t('alarms.save')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  )
}
