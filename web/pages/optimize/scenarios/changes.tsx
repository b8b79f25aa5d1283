import type { PlanChanges } from '../../../api/planning.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, type Column, DataTable, Figures, Panel } from '../../../kit/index.ts'

type Move = PlanChanges['moves'][number]

/** From what to what customers move between two plans. */
export function Changes({ from, to, currency }: { from: string; to: string; currency: string }) {
  const { t, say, term, number, money } = useText()
  const changes = useGet<PlanChanges>('/plan/changes', { query: { from, to } })
  const given = (list: Move['before']) =>
    list.length === 0 ? (
      <span className="muted">{t('scenarios.nothing')}</span>
    ) : (
      list.map(g => `${say(g.offer)} · ${term('channel', g.channel)}`).join(' + ')
    )
  const columns: Column<Move>[] = [
    { id: 'before', title: t('scenarios.before'), cell: row => given(row.before) },
    { id: 'after', title: t('scenarios.after'), cell: row => given(row.after) },
    {
      id: 'customers',
      title: t('plan.customers'),
      right: true,
      cell: row => number(row.customers),
      by: row => row.customers,
    },
    {
      id: 'value',
      title: t('plan.value'),
      right: true,
      cell: row => money(row.value, currency, { sign: true }),
      by: row => row.value,
    },
  ]
  return (
    <Panel title={t('scenarios.who-changes')} note={t('scenarios.who-changes-note')} flush>
      <Async query={changes} lines={5}>
        {data => (
          <>
            <div className="panel-body">
              <Figures
                items={[
                  { id: 'gained', label: t('scenarios.gained'), value: number(data.gained) },
                  { id: 'lost', label: t('scenarios.lost'), value: number(data.lost) },
                  { id: 'moved', label: t('scenarios.moved'), value: number(data.moved) },
                  { id: 'same', label: t('scenarios.same'), value: number(data.same) },
                ]}
              />
            </div>
            <DataTable
              columns={columns}
              rows={data.moves}
              rowId={row => JSON.stringify([row.before, row.after])}
              empty={<Blank title={t('scenarios.no-change')} />}
            />
          </>
        )}
      </Async>
    </Panel>
  )
}
