import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import type { KeptPlan, KeptPlans } from '../../../api/planning.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Checkbox,
  Chip,
  type Column,
  DataTable,
  Field,
  Pager,
  Panel,
  Select,
  type Tone,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { Approve } from './approve.tsx'
import { ComparePlans } from './compare-plans.tsx'
import { Repeat } from './repeat.tsx'

const LIMIT = 25
const tones: Record<KeptPlan['standing'], Tone> = {
  open: 'plain',
  asked: 'warn',
  approved: 'good',
  refused: 'bad',
  withdrawn: 'plain',
  used: 'accent',
}

/** Every plan there was: what it was made from, who approved it, what it shares with another. */
export function Plans() {
  const { t, number, money, day, instant, gap } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [offset, setOffset] = useState(0)
  const [picked, setPicked] = useState<number[]>([])
  const [answering, setAnswering] = useState<KeptPlan | null>(null)
  const [repeating, setRepeating] = useState<number | null>(null)
  const plans = useGet<KeptPlans>('/plans/kept', { query: { offset, limit: LIMIT }, keep: true })
  const mode = useMutation({
    mutationFn: (approval: KeptPlans['approval']) => send('PUT', '/plans/approval', { approval }),
    onSuccess: () => toast.done(t('plans.mode-saved')),
    onError: error => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['/plans/kept'] }),
  })
  const pick = (id: number) => setPicked(picked.includes(id) ? picked.filter(p => p !== id) : [...picked.slice(-1), id])
  const columns: Column<KeptPlan>[] = [
    {
      id: 'pick',
      title: <span className="sr-only">{t('plans.compare')}</span>,
      width: 40,
      cell: row => (
        <Checkbox
          checked={picked.includes(row.planId)}
          aria-label={t('plans.pick', { plan: row.planId })}
          onChange={() => pick(row.planId)}
        />
      ),
    },
    {
      id: 'plan',
      title: t('plans.plan'),
      cell: row => (
        <div>
          <span className="strong">{t('plans.numbered', { plan: row.planId })}</span>{' '}
          {row.scenario ? <Chip tone="accent">{row.scenario.name}</Chip> : null}
          <div className="small muted">
            {t('plan.as-of', { day: day(row.asOf) })} · {instant(row.madeAt)}
          </div>
        </div>
      ),
    },
    { id: 'value', title: t('plan.value'), right: true, cell: row => money(row.value, row.currency) },
    { id: 'gap', title: t('figure.gap'), right: true, cell: row => gap(row.gap) },
    { id: 'assigned', title: t('plan.assigned'), right: true, cell: row => number(row.assigned) },
    { id: 'cost', title: t('plan.cost'), right: true, cell: row => money(row.cost, row.currency) },
    {
      id: 'inputs',
      title: t('plans.inputs'),
      cell: row => (
        <span className="small soft">
          {row.policyVersion === null ? null : <>{t('plans.policy', { version: row.policyVersion })} · </>}
          {row.offersVersion === null ? null : (
            <>
              {t('offers.title')} <span className="mono">{row.offersVersion.slice(0, 6)}</span> ·{' '}
            </>
          )}
          {row.basePlan === null ? t('plans.turn', { turn: row.turnId }) : t('plans.from-plan', { plan: row.basePlan })}
        </span>
      ),
    },
    {
      id: 'standing',
      title: t('plans.standing'),
      cell: row => (
        <div>
          <Chip tone={tones[row.standing]}>{t(`plans.is-${row.standing}`)}</Chip>
          {row.approvedBy.length > 0 ? (
            <div className="small muted">
              {row.approvedBy.map(a => (a.person ? `${a.name}, ${instant(a.at)}` : t('plans.by-turn'))).join(' · ')}
            </div>
          ) : null}
          {row.note ? <div className="small soft">{row.note}</div> : null}
        </div>
      ),
    },
    {
      id: 'act',
      title: '',
      right: true,
      cell: row => (
        <span className="row end tight nowrap-row no-print">
          <Button size="small" disabled={!row.repeatable} onClick={() => setRepeating(row.planId)}>
            {t('plans.repeat')}
          </Button>
          {may('plan.approve') && row.standing !== 'used' ? (
            <Button
              size="small"
              type={row.standing === 'approved' ? 'default' : 'primary'}
              onClick={() => setAnswering(row)}
            >
              {row.standing === 'approved' ? t('plans.withdraw') : t('plans.approve')}
            </Button>
          ) : null}
        </span>
      ),
    },
  ]
  return (
    <Async query={plans} lines={10}>
      {data => (
        <div className="stack">
          <div className="toolbar no-print">
            <Field label={t('plans.mode')}>
              {id => (
                <Select
                  id={id}
                  value={data.approval}
                  disabled={!may('plan.approve') || mode.isPending}
                  onChange={value => mode.mutate(value)}
                  style={{ minWidth: 300 }}
                  options={(['automatic', 'one', 'two'] as const).map(value => ({
                    value,
                    label: t(`plans.mode-${value}`),
                  }))}
                />
              )}
            </Field>
          </div>
          <Callout tone={data.next === null && data.approval !== 'automatic' ? 'warn' : 'info'}>
            {data.next !== null
              ? t('plans.next', { plan: data.next, days: data.validDays })
              : data.approval === 'automatic'
                ? t('plans.next-automatic')
                : t('plans.next-none')}
          </Callout>
          <Panel
            title={t('plans.title')}
            note={t('plans.note')}
            flush
            extra={picked.length === 2 ? null : <span className="small muted no-print">{t('plans.pick-two')}</span>}
          >
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={row => row.planId}
              empty={<Blank title={t('plans.none')} />}
            />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </Panel>
          {picked.length === 2 ? <ComparePlans ids={picked.toSorted((a, b) => a - b) as [number, number]} /> : null}
          {answering ? <Approve plan={answering} mode={data.approval} onClose={() => setAnswering(null)} /> : null}
          {repeating === null ? null : <Repeat planId={repeating} onClose={() => setRepeating(null)} />}
        </div>
      )}
    </Async>
  )
}
