import type { PlanView } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Callout, type Column, DataTable, Panel } from '../../kit/index.ts'

/** What the plan kept before any offer: legal mail that goes first, minimums given up, and what the rules shut. */
export function Before({ plan }: { plan: PlanView }) {
  const { t, say, number } = useText()
  const notices = plan.notices ?? []
  const conflicts = plan.conflicts ?? []
  const shut = (plan.shutBy ?? []).toSorted((a, b) => b.options - a.options)
  const columns: Column<(typeof shut)[number]>[] = [
    { id: 'rule', title: t('effect.rule'), cell: row => say(row.name) },
    { id: 'options', title: t('plan.shut-options'), right: true, cell: row => number(row.options) },
  ]
  return (
    <>
      {conflicts.map(limits => (
        <Callout key={limits.map(l => l.id).join()} tone="warn" title={t('plan.given-up')}>
          {limits.map(l => say(l.name)).join(' · ')}
        </Callout>
      ))}
      {notices.length > 0 ? (
        <Panel title={t('plan.notices')} note={t('plan.notices-note')}>
          <dl className="pairs">
            {notices.map(row => [
              <dt key={`${row.notice} name`}>{say(row.name)}</dt>,
              <dd key={row.notice}>
                {t('plan.notice-counts', { planned: number(row.planned), unreachable: number(row.unreachable) })}
              </dd>,
            ])}
          </dl>
        </Panel>
      ) : null}
      {shut.length > 0 ? (
        <Panel title={t('plan.shut')} note={t('plan.shut-note')} flush>
          <DataTable columns={columns} rows={shut} rowId={row => row.rule} />
        </Panel>
      ) : null}
    </>
  )
}
