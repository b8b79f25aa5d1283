import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import type { MendPreview, MendResult, MendRule, QuarantineGroup, QuarantineList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Checkbox, Drawer, Field, Input, Select, TextField, useProblem } from '../../../kit/index.ts'
import { groupFilter } from './group-filter.ts'
import { MendPreviewView } from './mend-preview.tsx'
import type { QuarantineFilter } from './quarantine.tsx'
import { useMended } from './use-mended.ts'

const START: Record<MendRule['kind'], MendRule> = {
  'as-is': { kind: 'as-is' },
  trim: { kind: 'trim' },
  set: { kind: 'set', value: '' },
  replace: { kind: 'replace', find: '', with: '', regex: false },
  map: { kind: 'map', values: {} },
  date: { kind: 'date', order: 'dmy' },
}
const ORDERS = ['ymd', 'dmy', 'mdy', 'roc'] as const
/** Values that are offered one by one; more are better mended in the file. */
const MOST_VALUES = 500

interface MendAlikeProps {
  group: QuarantineGroup
  filter: QuarantineFilter
  onClose: () => void
}

/** One rule for all rows that are alike: tried first, then brought in. */
export function MendAlike({ group, filter, onClose }: MendAlikeProps) {
  const { t, say, number } = useText()
  const problem = useProblem()
  const mended = useMended()
  const [rule, setRule] = useState<MendRule>(group.rule === 'date' || group.rule === 'time' ? START.date : START.trim)
  const chosen = { ...filter, ...groupFilter(group) }
  const body = { filter: chosen, column: group.column, rule }
  const preview = useMutation({ mutationFn: () => send<MendPreview>('POST', '/quarantine/preview', body) })
  const apply = useMutation({
    mutationFn: () => send<MendResult>('POST', '/quarantine/mend', body),
    onSuccess: async result => {
      onClose()
      await mended(result)
    },
  })
  const change = (next: MendRule) => {
    setRule(next)
    preview.reset()
    apply.reset()
  }
  const ready = rule.kind !== 'replace' || rule.find !== ''
  const error = preview.error ?? apply.error
  return (
    <Drawer
      open
      onClose={onClose}
      size={640}
      title={t('mend.alike-title', { count: group.count })}
      footer={
        <div className="row end">
          <span className="grow small soft">
            {preview.data ? t('mend.apply-ask', { passing: preview.data.passing }) : ''}
          </span>
          <Button disabled={!ready} loading={preview.isPending} onClick={() => preview.mutate()}>
            {t('mend.preview')}
          </Button>
          <Button
            type="primary"
            disabled={!preview.data || preview.data.passing === 0}
            loading={apply.isPending}
            onClick={() => apply.mutate()}
          >
            {t('mend.apply')}
          </Button>
        </div>
      }
    >
      <div className="stack">
        <p className="soft">
          {say(group.message)} · <span className="mono">{group.column}</span> · {number(group.count)}
        </p>
        {error ? <Callout tone="bad">{problem(error)}</Callout> : null}
        <Field label={t('mend.rule')}>
          {id => (
            <Select
              id={id}
              value={rule.kind}
              onChange={kind => change(START[kind])}
              options={(Object.keys(START) as MendRule['kind'][]).map(kind => ({
                value: kind,
                label: t(`mend-rule.${kind}`),
              }))}
            />
          )}
        </Field>
        {rule.kind === 'set' ? (
          <TextField
            label={t('mend.value')}
            value={rule.value}
            onChange={text => change({ kind: 'set', value: text })}
          />
        ) : null}
        {rule.kind === 'replace' ? (
          <div className="fields">
            <TextField
              label={t('mend.find')}
              className="mono"
              value={rule.find}
              onChange={value => change({ ...rule, find: value })}
            />
            <TextField
              label={t('mend.with')}
              className="mono"
              value={rule.with}
              onChange={value => change({ ...rule, with: value })}
            />
            <Checkbox checked={rule.regex} onChange={event => change({ ...rule, regex: event.target.checked })}>
              {t('mend.regex')}
            </Checkbox>
          </div>
        ) : null}
        {rule.kind === 'date' ? (
          <Field label={t('mend.order')}>
            {id => (
              <Select
                id={id}
                value={rule.order}
                onChange={order => change({ kind: 'date', order })}
                options={ORDERS.map(value => ({ value, label: t(`mend-order.${value}`) }))}
              />
            )}
          </Field>
        ) : null}
        {rule.kind === 'map' ? (
          <ValueByValue filter={chosen} values={rule.values} onChange={values => change({ kind: 'map', values })} />
        ) : null}
        {preview.data ? <MendPreviewView preview={preview.data} /> : null}
      </div>
    </Drawer>
  )
}

interface ValueByValueProps {
  filter: Record<string, string>
  values: Record<string, string>
  onChange: (values: Record<string, string>) => void
}

/** The values that occur, each with what it becomes. */
function ValueByValue({ filter, values, onChange }: ValueByValueProps) {
  const { t } = useText()
  const list = useGet<QuarantineList>('/quarantine', { query: { ...filter, state: 'open', limit: MOST_VALUES } })
  const found = [...new Set((list.data?.rows ?? []).map(row => row.value))].slice(0, 60)
  return (
    <div className="stack tight">
      {found.map(value => (
        <Field key={value} label={`${value || '–'} ${t('mend.to')}`}>
          {id => (
            <Input
              id={id}
              value={values[value] ?? ''}
              onChange={event => {
                const next = { ...values }
                if (event.target.value === '') delete next[value]
                else next[value] = event.target.value
                onChange(next)
              }}
            />
          )}
        </Field>
      ))}
    </div>
  )
}
