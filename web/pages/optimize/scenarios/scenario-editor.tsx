import { UndoOutlined } from '@ant-design/icons'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { send } from '../../../api/client.ts'
import type { Outcome, PlanChange, Scenario, ScenarioList } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Drawer,
  Figures,
  modKey,
  TextField,
  useHotkeys,
  useLater,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { LimitRow } from './limit-row.tsx'

interface EditorProps {
  data: ScenarioList
  scenario: Scenario | null
  onClose: () => void
  onSaved: () => Promise<void>
}

/** Limits moved by slider or number; the plan is solved again while they move. */
export function ScenarioEditor({ data, scenario, onClose, onSaved }: EditorProps) {
  const { t, say, number, money, gap, seconds } = useText()
  const toast = useToast()
  const problem = useProblem()
  const { plan, currency, planId } = data
  const [name, setName] = useState(scenario?.name ?? '')
  const [change, setChange] = useState<PlanChange>(scenario?.change ?? { limits: {}, policy: null })
  const settled = useLater(change, 250)
  const tried = useQuery({
    queryKey: ['/plan/try', planId, settled],
    queryFn: () => send<Outcome>('POST', '/plan/try', { planId, change: settled }),
    placeholderData: keepPreviousData,
    enabled: Object.keys(settled.limits).length > 0 || settled.policy !== null,
  })
  const idle = Object.keys(change.limits).length === 0 && change.policy === null
  const now = idle ? plan : (tried.data ?? plan)
  const save = useMutation({
    mutationFn: () =>
      scenario
        ? send<Scenario>('PUT', `/plan/scenarios/${scenario.id}`, { name, change })
        : send<Scenario>('POST', '/plan/scenarios', { planId, name, change }),
    onSuccess: async () => {
      toast.done(t('scenarios.saved'))
      await onSaved()
    },
  })
  const ready = name.trim() !== '' && !save.isPending
  useHotkeys({ 'mod+Enter': ready ? () => save.mutate() : undefined, Escape: onClose })
  const limits = useMemo(
    () => plan.limits.filter(l => l.id !== 'contacts').toSorted((a, b) => rank(a) - rank(b)),
    [plan.limits],
  )
  const set = (id: string, part: { max?: number | null; min?: number } | null): void => {
    const { [id]: before, ...others } = change.limits
    setChange({ ...change, limits: part === null ? others : { ...others, [id]: { ...before, ...part } } })
  }
  return (
    <Drawer
      open
      onClose={onClose}
      size={680}
      title={scenario ? t('scenarios.edit') : t('scenarios.new')}
      footer={
        <div className="row end">
          <Button icon={<UndoOutlined />} disabled={idle} onClick={() => setChange({ limits: {}, policy: null })}>
            {t('scenarios.as-plan')}
          </Button>
          <span className="grow" />
          <Button type="primary" disabled={!ready} loading={save.isPending} onClick={() => save.mutate()}>
            {t('scenarios.save')} <kbd className="in-button">{modKey} ↵</kbd>
          </Button>
        </div>
      }
    >
      <div className="stack">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <TextField
          label={t('scenarios.name')}
          value={name}
          autoFocus
          maxLength={120}
          placeholder={t('scenarios.name-hint')}
          onChange={setName}
        />
        <div className="try-result" aria-live="polite">
          {tried.error && !idle ? (
            <Callout tone="bad">{problem(tried.error)}</Callout>
          ) : now.feasible ? (
            <Figures
              items={[
                {
                  id: 'value',
                  label: t('plan.value'),
                  value: money(now.value, currency),
                  note: idle ? t('scenarios.plan') : money(now.value - plan.value, currency, { sign: true }),
                  tone: now.value > plan.value + 0.5 ? 'good' : now.value < plan.value - 0.5 ? 'warn' : undefined,
                },
                { id: 'contacts', label: t('scenarios.contacts'), value: number(now.contacts) },
                { id: 'cost', label: t('plan.cost'), value: money(now.cost, currency) },
                { id: 'gap', label: t('figure.gap'), value: gap(now.gap), note: seconds(now.seconds) },
              ]}
            />
          ) : (
            <Callout tone="bad" title={t('scenarios.no-plan')}>
              {t('scenarios.conflict', { limits: now.conflict.map(l => say(l.name)).join(', ') })}
            </Callout>
          )}
        </div>
        {change.policy ? <Callout>{t('scenarios.own-policy')}</Callout> : null}
        <p className="small soft">{t('scenarios.limits-help')}</p>
        <ul className="plain stack tight">
          {limits.map(limit => (
            <LimitRow
              key={limit.id}
              limit={limit}
              now={now.limits.find(l => l.id === limit.id) ?? limit}
              change={change.limits[limit.id]}
              currency={currency}
              onChange={part => set(limit.id, part)}
            />
          ))}
        </ul>
      </div>
    </Drawer>
  )
}

/** Budget and channels first, then what binds, then the rest. */
const rank = (limit: Outcome['limits'][number]): number =>
  limit.id === 'budget'
    ? 0
    : limit.id.startsWith('channel:')
      ? 1
      : limit.binds
        ? 2
        : limit.max !== null || limit.min > 0
          ? 3
          : 4
