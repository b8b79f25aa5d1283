import type { Management } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Blank, type Column, DataTable } from '../../../../kit/index.ts'

/** How the segment was talked to in a year, and what came back. */
export function Contacts({ data }: { data: Management }) {
  const { t, term, number, percent, money } = useText()
  const columns: Column<Management['contacts'][number]>[] = [
    {
      id: 'channel',
      title: t('manager.channel'),
      cell: row => <span className="strong">{term('channel', row.channel)}</span>,
    },
    { id: 'sent', title: t('manager.sent'), right: true, by: row => row.sent, cell: row => number(row.sent) },
    {
      id: 'customers',
      title: t('segments.customers'),
      right: true,
      by: row => row.customers,
      cell: row => number(row.customers),
    },
    {
      id: 'answered',
      title: t('manager.answered'),
      right: true,
      by: row => row.answered,
      cell: row => (
        <>
          {number(row.answered)}{' '}
          <span className="small muted">{percent(row.sent > 0 ? row.answered / row.sent : 0)}</span>
        </>
      ),
    },
    {
      id: 'cost',
      title: t('manager.contact-cost'),
      right: true,
      cell: row =>
        row.costUnknown === row.sent ? <span className="muted">–</span> : money(row.costMinor, data.currency),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={data.contacts}
      rowId={row => row.channel}
      empty={<Blank title={t('manager.no-contacts')} />}
    />
  )
}
