import type { WhoGetsWhat } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'

/** What was pressed: its parts of the filter, and how it is called. */
export interface HeatCell {
  segment: string
  offer: string
  channel: string
  title: string
  customers: number
}

interface HeatTableProps {
  data: WhoGetsWhat
  by: 'offer' | 'channel'
  columns: { id: string; name: string }[]
  onOpen: (cell: HeatCell) => void
}

/** The shade of a cell is its share of its segment: large segments do not drown small ones. */
export function HeatTable({ data, by, columns, onOpen }: HeatTableProps) {
  const { t, say, number, percent, money } = useText()
  const sum = (cells: WhoGetsWhat['cells'], of: (cell: WhoGetsWhat['cells'][number]) => number) =>
    cells.reduce((total, cell) => total + of(cell), 0)
  const cell = (segment: string, name: string, size: number, column: { id: string; name: string } | null) => {
    const own = data.cells.filter(
      c => (segment === '' || c.segment === segment) && (column === null || c[by] === column.id),
    )
    const customers = sum(own, c => c.customers)
    const share = size > 0 ? customers / size : 0
    return (
      <td
        key={column?.id ?? 'all'}
        className="right heat"
        style={{
          background: `color-mix(in srgb, var(--accent) ${customers > 0 ? Math.round(5 + 40 * Math.min(1, share)) : 0}%, transparent)`,
        }}
      >
        {customers === 0 ? (
          <span className="muted">–</span>
        ) : (
          <button
            type="button"
            className="heat-button"
            title={t('who.cell', {
              share: percent(share),
              value: money(
                sum(own, c => c.value),
                data.currency,
              ),
            })}
            onClick={() =>
              onOpen({
                segment,
                offer: by === 'offer' ? (column?.id ?? '') : '',
                channel: by === 'channel' ? (column?.id ?? '') : '',
                title: column ? `${name} · ${column.name}` : name,
                customers,
              })
            }
          >
            {number(customers)}
          </button>
        )}
      </td>
    )
  }
  const everyone = data.segments.reduce((n, s) => n + s.customers, 0)
  return (
    <div className="table-box">
      <table className="table matrix">
        <thead>
          <tr>
            <th scope="col">{t('segments.segment')}</th>
            <th scope="col" className="right">
              {t('plan.customers')}
            </th>
            {columns.map(column => (
              <th key={column.id} scope="col" className="right">
                {column.name}
              </th>
            ))}
            <th scope="col" className="right">
              {t('plan.planned')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.segments.map(segment => (
            <tr key={segment.segment}>
              <th scope="row">{say(segment.name)}</th>
              <td className="right">{number(segment.customers)}</td>
              {columns.map(column => cell(segment.segment, say(segment.name), segment.customers, column))}
              {cell(segment.segment, say(segment.name), segment.customers, null)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('segments.together')}</th>
            <td className="right">{number(everyone)}</td>
            {columns.map(column => cell('', t('segments.together'), everyone, column))}
            {cell('', t('segments.together'), everyone, null)}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
