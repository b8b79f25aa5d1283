import { useText } from '../../../i18n/use-text.ts'
import type { Column } from '../../../kit/index.ts'
import { ShareCell } from './share-cell.tsx'
import type { FigureRow } from './types.ts'

type Shares = Omit<FigureRow, 'key' | 'name'>

/** What every table of calls says of its rows. */
export function useShareColumns<Row>(of: (row: Row) => Shares): Column<Row>[] {
  const { t, number } = useText()
  const share = (id: 'contact' | 'completion' | 'conversion'): Column<Row> => ({
    id,
    title: t(`tl.${id}`),
    right: true,
    by: row => of(row)[id].share ?? -1,
    cell: row => <ShareCell share={of(row)[id]} />,
  })
  return [
    { id: 'calls', title: t('tl.calls'), right: true, by: row => of(row).calls, cell: row => number(of(row).calls) },
    {
      id: 'per-hour',
      title: t('tl.per-hour'),
      right: true,
      by: row => of(row).perHour ?? -1,
      cell: row => {
        const perHour = of(row).perHour
        return perHour === null ? <span className="muted">–</span> : number(perHour, 1)
      },
    },
    share('contact'),
    share('completion'),
    share('conversion'),
    {
      id: 'fields',
      title: t('tl.fields-won'),
      right: true,
      by: row => of(row).fields,
      cell: row => number(of(row).fields),
    },
  ]
}
