import { CheckOutlined, WarningOutlined } from '@ant-design/icons'
import type { Campaign } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, type Column, DataTable } from '../../kit/index.ts'
import { addsUp } from './adds-up.ts'

type Row = Campaign['counts'][number]
const columnsOf = ['planned', 'composed', 'held', 'settled', 'refused', 'failed', 'waiting'] as const

/** Per channel, every message accounted for. */
export function ChannelCounts({ counts }: { counts: Row[] }) {
  const { t, term, number } = useText()
  const total = (of: (row: Row) => number): string => number(counts.reduce((sum, row) => sum + of(row), 0))
  const columns: Column<Row>[] = [
    {
      id: 'channel',
      title: t('policy.channel'),
      foot: t('segments.together'),
      cell: row => <span className="strong">{term('channel', row.channel)}</span>,
    },
    ...columnsOf.map(
      (id): Column<Row> => ({
        id,
        title: t(`figure.${id}`),
        foot: total(row => row[id]),
        right: true,
        cell: row => <span className={toneOf(id, row[id])}>{number(row[id])}</span>,
      }),
    ),
    {
      id: 'sum',
      title: t('counts.sum'),
      right: true,
      cell: row =>
        addsUp(row) ? (
          <CheckOutlined className="good" aria-label={t('summary.holds')} />
        ) : (
          <WarningOutlined className="bad" aria-label={t('summary.breaks')} />
        ),
    },
  ]
  return (
    <DataTable columns={columns} rows={counts} rowId={row => row.channel} empty={<Blank title={t('counts.none')} />} />
  )
}

const toneOf = (id: string, value: number): string =>
  value === 0 ? 'muted' : id === 'failed' ? 'bad' : id === 'refused' || id === 'held' ? 'warn' : ''
