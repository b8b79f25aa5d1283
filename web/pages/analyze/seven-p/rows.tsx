import { useState } from 'react'
import { Link } from 'react-router'
import { useText } from '../../../i18n/use-text.ts'
import { Button, type Column, DataTable, Meter } from '../../../kit/index.ts'
import { inUnit } from './in-unit.ts'
import type { Block, BlockRow } from './types.ts'

interface RowsProps {
  block: Block
  currency: string
  onWho: (who: string, name: string) => void
  /** Rows shown before the rest is asked for. */
  first?: number
}

const FIRST = 20

/** A block as a table; the column it is about has bars. A row opens the customers behind it. */
export function Rows({ block, currency, onWho, first = FIRST }: RowsProps) {
  const speech = useText()
  const { t, say } = speech
  const [all, setAll] = useState(false)
  const rows = all ? block.rows : block.rows.slice(0, first)
  const shown = block.columns[block.shown]
  const most = Math.max(1e-9, ...block.rows.map(row => Math.abs(row.values[block.shown] ?? 0)))
  const grouped = block.rows.some(row => row.group)
  const columns: Column<BlockRow>[] = [
    ...(grouped
      ? [
          {
            id: 'group',
            title: block.grouped ? say(block.grouped) : t('seven.group'),
            cell: (row: BlockRow) => <span className="muted">{row.group ? say(row.group) : ''}</span>,
          },
        ]
      : []),
    {
      id: 'label',
      title: say(block.label),
      by: row => say(row.label),
      cell: row => (
        <span className={row.strong ? 'strong' : undefined}>
          {row.link ? <Link to={row.link}>{say(row.label)}</Link> : say(row.label)}
          {row.strong && block.id === 'traits' ? <span className="sr-only"> {t('seven.different')}</span> : null}
        </span>
      ),
    },
    ...block.columns.map(
      (column, k): Column<BlockRow> => ({
        id: column.id,
        title: column.formula ? <span title={say(column.formula)}>{say(column.name)}</span> : say(column.name),
        right: true,
        by: row => row.values[k] ?? Number.NEGATIVE_INFINITY,
        cell: row => (
          <span className={row.strong ? 'strong' : undefined}>
            {inUnit(row.values[k], column.unit, currency, speech)}
          </span>
        ),
      }),
    ),
    ...(block.draw !== 'table' && shown
      ? [
          {
            id: 'bar',
            title: <span className="sr-only">{say(shown.name)}</span>,
            width: 120,
            cell: (row: BlockRow) => {
              const value = row.values[block.shown]
              return value === null || value === undefined ? null : (
                <Meter
                  share={Math.abs(value) / most}
                  tone={value < 0 ? 'bad' : undefined}
                  label={`${say(row.label)}: ${inUnit(value, shown.unit, currency, speech)}`}
                />
              )
            },
          },
        ]
      : []),
    ...(block.rows.some(row => row.who)
      ? [
          {
            id: 'who',
            title: <span className="sr-only">{t('seven.customers')}</span>,
            cell: (row: BlockRow) =>
              row.who ? (
                <Button size="small" type="link" onClick={() => onWho(row.who!, say(row.label))}>
                  {t('seven.who')}
                </Button>
              ) : null,
          },
        ]
      : []),
  ]
  return (
    <>
      <DataTable columns={columns} rows={rows} rowId={row => row.key} caption={say(block.title)} />
      {block.rows.length > first && !all ? (
        <div className="table-foot no-print">
          <Button type="text" onClick={() => setAll(true)}>
            {t('seven.all-rows', { count: block.rows.length })}
          </Button>
        </div>
      ) : null}
    </>
  )
}
