import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { Blank } from './blank.tsx'

export interface Column<Row> {
  id: string
  title: ReactNode
  cell: (row: Row) => ReactNode
  /** Numbers stand to the right. */
  right?: boolean
  width?: number | string
  /** What the last line says of the whole table. */
  foot?: ReactNode
  /** Present: the column can be sorted by it. */
  by?: (row: Row) => number | string
}

interface DataTableProps<Row> {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string | number
  onOpen?: (row: Row) => void
  chosen?: string | number | undefined
  empty?: ReactNode
  /** Stays a table on a phone and scrolls in its box. */
  wide?: boolean
  caption?: string
}

/** A table of what is on the page; long lists are VirtualList's. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rowId, onOpen, chosen, empty, wide, caption } = props
  const { t, lang } = useText()
  const [order, setOrder] = useState<{ id: string; down: boolean } | null>(null)
  const rows = useMemo(() => {
    const by = columns.find(column => column.id === order?.id)?.by
    if (!by || !order) return props.rows
    const words = new Intl.Collator(lang === 'zh-CN' ? 'zh-Hans-CN' : 'en')
    const sorted = props.rows.toSorted((a, b) => {
      const left = by(a)
      const right = by(b)
      return typeof left === 'number' && typeof right === 'number'
        ? left - right
        : words.compare(String(left), String(right))
    })
    return order.down ? sorted.reverse() : sorted
  }, [columns, order, props.rows, lang])

  if (rows.length === 0) return <>{empty ?? <Blank title={t('async.empty')} />}</>

  const onKey = (row: Row) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.target !== event.currentTarget) return
    onOpen?.(row)
  }
  return (
    <div className="table-box">
      <table className={wide ? 'table' : 'table cards'}>
        {caption ? <caption className="sr-only">{caption}</caption> : null}
        <thead>
          <tr>
            {columns.map(column => (
              <th
                key={column.id}
                scope="col"
                className={column.right ? 'right' : undefined}
                style={{ width: column.width }}
                aria-sort={order?.id === column.id ? (order.down ? 'descending' : 'ascending') : undefined}
              >
                {column.title === '' ? <span className="sr-only">{t('async.actions')}</span> : null}
                {column.by ? (
                  <button
                    type="button"
                    onClick={() =>
                      setOrder({ id: column.id, down: order?.id === column.id ? !order.down : Boolean(column.right) })
                    }
                  >
                    {column.title}{' '}
                    {order?.id === column.id ? order.down ? <CaretDownOutlined /> : <CaretUpOutlined /> : null}
                  </button>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr
              key={rowId(row)}
              className={
                [onOpen ? 'pressable' : '', chosen === rowId(row) ? 'chosen' : ''].join(' ').trim() || undefined
              }
              onClick={onOpen ? () => onOpen(row) : undefined}
              onKeyDown={onOpen ? onKey(row) : undefined}
              tabIndex={onOpen ? 0 : undefined}
            >
              {columns.map(column => (
                <td
                  key={column.id}
                  className={column.right ? 'right' : undefined}
                  data-label={typeof column.title === 'string' ? column.title : ''}
                >
                  <div className="cell">{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {columns.some(column => column.foot !== undefined) ? (
          <tfoot>
            <tr>
              {columns.map(column => (
                <td
                  key={column.id}
                  className={
                    [column.right ? 'right' : '', column.foot === undefined ? 'blank-cell' : ''].join(' ').trim() ||
                    undefined
                  }
                  data-label={typeof column.title === 'string' ? column.title : ''}
                >
                  {column.foot}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  )
}
