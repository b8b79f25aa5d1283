import { useGet } from '../../api/queries.ts'
import type { ContactPolicy } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, type Column, DataTable, Figures, Panel } from '../../kit/index.ts'

type Channel = ContactPolicy['byChannel'][number]

/** How often, when and at what cost customers may be contacted. */
export function Policy() {
  const { t, term, number, money, percent } = useText()
  const policy = useGet<ContactPolicy>('/contact-policy')
  const columnsFor = (currency: string): Column<Channel>[] => [
    {
      id: 'channel',
      title: t('policy.channel'),
      cell: row => <span className="strong">{term('channel', row.channel)}</span>,
    },
    {
      id: 'max',
      title: t('policy.max'),
      right: true,
      cell: row => (row.max === null ? t('policy.unlimited') : number(row.max)),
    },
    {
      id: 'capacity',
      title: t('policy.capacity'),
      right: true,
      cell: row => (row.capacity === null ? t('policy.unlimited') : number(row.capacity)),
    },
    { id: 'cost', title: t('policy.unit-cost'), right: true, cell: row => money(row.unitCostMinor, currency) },
  ]
  return (
    <Async query={policy} lines={8}>
      {data => (
        <div className="stack">
          <Figures
            items={[
              {
                id: 'contacts',
                label: t('policy.contacts'),
                value: number(data.maxContacts),
                note: t('policy.window', { days: data.windowDays }),
              },
              {
                id: 'quiet',
                label: t('policy.quiet'),
                value: `${data.quietHours.from} – ${data.quietHours.to}`,
                note: t('policy.quiet-note'),
              },
              {
                id: 'budget',
                label: t('policy.budget'),
                value: money(data.budgetMinor, data.currency),
                note: t('policy.budget-note'),
              },
              {
                id: 'control',
                label: t('policy.control'),
                value: percent(data.controlShare, 0),
                note: t('policy.control-note'),
              },
            ]}
          />
          <Panel title={t('policy.channels')} flush>
            <DataTable
              columns={columnsFor(data.currency)}
              rows={data.byChannel}
              rowId={row => row.channel}
              empty={<Blank title={t('policy.none')} />}
            />
          </Panel>
        </div>
      )}
    </Async>
  )
}
