import type { PolicyEffect } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Callout, type Column, DataTable, Figures, Panel } from '../../../kit/index.ts'

interface Row {
  id: string
  name: string
  contacts: number | null
  now: number
  draft: number
  alone: number | null
}

/** What a draft would have refused in the past quarter, beside what is refused already, and what the plan would lose or gain. */
export function EffectView({ effect }: { effect: PolicyEffect }) {
  const { t, say, term, number, money, day, percent } = useText()
  const { now, draft, plan, currency } = effect
  // A rule that changed keeps its id; only rules that refuse something are shown.
  const ids = [...new Set([...draft.byRule, ...now.byRule].map(r => r.rule))]
  const rules: Row[] = ids
    .map(id => {
      const before = now.byRule.find(r => r.rule === id)
      const after = draft.byRule.find(r => r.rule === id)
      const name = (after ?? before)?.name
      return {
        id,
        name: name ? say(name) : id,
        contacts: null,
        now: before?.refused ?? 0,
        draft: after?.refused ?? 0,
        alone: after?.alone ?? 0,
      }
    })
    .filter(row => row.now > 0 || row.draft > 0)
  const channels: Row[] = draft.byChannel.map(row => ({
    id: row.channel,
    name: term('channel', row.channel),
    contacts: row.contacts,
    now: now.byChannel.find(c => c.channel === row.channel)?.refused ?? 0,
    draft: row.refused,
    alone: null,
  }))
  const segments: Row[] = (draft.bySegment ?? []).map(row => ({
    id: row.segment,
    name: say(row.name),
    contacts: row.contacts,
    now: now.bySegment?.find(s => s.segment === row.segment)?.refused ?? 0,
    draft: row.refused,
    alone: null,
  }))
  const columns = (first: string, alone: boolean): Column<Row>[] => [
    { id: 'name', title: first, cell: row => <span className="strong">{row.name}</span> },
    ...(alone
      ? []
      : [{ id: 'contacts', title: t('effect.contacts'), right: true, cell: (row: Row) => number(row.contacts ?? 0) }]),
    { id: 'now', title: t('effect.now'), right: true, cell: row => number(row.now) },
    {
      id: 'draft',
      title: t('effect.then'),
      right: true,
      cell: row => <span className="strong">{number(row.draft)}</span>,
    },
    ...(alone
      ? [{ id: 'alone', title: t('effect.alone'), right: true, cell: (row: Row) => number(row.alone ?? 0) }]
      : []),
  ]
  const value = plan.draft.value - plan.now.value
  return (
    <Panel title={t('effect.title')} note={t('effect.note', { from: day(effect.from), to: day(effect.to) })} flush>
      <div className="panel-body stack">
        {plan.draft.feasible ? null : (
          <Callout tone="bad">
            {t('scenarios.conflict', { limits: plan.conflict.map(l => say(l.name)).join(', ') })}
          </Callout>
        )}
        <Figures
          items={[
            {
              id: 'refused',
              label: t('effect.refused'),
              value: number(draft.refused),
              note: t('effect.of', {
                contacts: number(draft.contacts),
                share: percent(draft.contacts > 0 ? draft.refused / draft.contacts : 0),
              }),
            },
            { id: 'before', label: t('effect.refused-now'), value: number(now.refused) },
            {
              id: 'value',
              label: t('effect.plan-value'),
              value: money(plan.draft.value, currency),
              note: money(value, currency, { sign: true }),
              tone: value < -0.5 ? 'warn' : value > 0.5 ? 'good' : undefined,
            },
            {
              id: 'planned',
              label: t('effect.plan-contacts'),
              value: number(plan.draft.contacts),
              note: t('scenarios.changed-how', {
                gained: number(plan.changed.gained),
                lost: number(plan.changed.lost),
                moved: number(plan.changed.moved),
              }),
            },
          ]}
        />
        {draft.contacts === 0 ? <Callout>{t('effect.no-contacts')}</Callout> : null}
      </div>
      {draft.contacts > 0 ? (
        <>
          <DataTable
            columns={columns(t('effect.rule'), true)}
            rows={rules}
            rowId={row => row.id}
            empty={<Blank title={t('effect.none')} />}
          />
          <DataTable columns={columns(t('policy.channel'), false)} rows={channels} rowId={row => row.id} />
          {segments.length > 0 ? (
            <DataTable columns={columns(t('segments.segment'), false)} rows={segments} rowId={row => row.id} />
          ) : null}
        </>
      ) : null}
    </Panel>
  )
}
