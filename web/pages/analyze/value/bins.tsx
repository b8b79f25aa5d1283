import { useText } from '../../../i18n/use-text.ts'
import { Blank, type Column, DataTable, Meter, Panel } from '../../../kit/index.ts'
import type { ValuePage } from './types.ts'
import { useListFilter } from './use-list-filter.ts'
import { useMoneyRange } from './use-money-range.ts'

type Bin = ValuePage['aliveBins'][number]

/** How customers spread over P(alive) or over value; a line opens who they are. */
export function Bins({ page, months, of }: { page: ValuePage; months: number; of: 'alive' | 'value' }) {
  const { t, number, percent } = useText()
  const { money } = useMoneyRange(page.currency)
  const filter = useListFilter()
  const all = of === 'alive' ? page.aliveBins : (page.valueBins.find(row => row.months === months)?.bins ?? [])
  const rows = all.filter(bin => bin.customers > 0 || of === 'alive')
  const most = Math.max(...rows.map(bin => bin.customers), 1)
  const name = (bin: Bin): string => {
    if (of === 'alive') return t('worth.from-to', { from: percent(bin.from, 0), to: percent(bin.to ?? 1, 0) })
    if (bin.from < 0) return t('worth.loss')
    return bin.to === null
      ? t('worth.from-on', { from: money(bin.from) })
      : t('worth.from-to', { from: money(bin.from), to: money(bin.to) })
  }
  const columns: Column<Bin>[] = [
    { id: 'bin', title: t(of === 'alive' ? 'worth.p-alive' : 'worth.value'), cell: name },
    {
      id: 'customers',
      title: t('worth.customers'),
      right: true,
      foot: number(rows.reduce((sum, bin) => sum + bin.customers, 0)),
      cell: bin => (
        <span className="row end nowrap-row">
          {number(bin.customers)}
          <Meter share={bin.customers / most} width={72} label={number(bin.customers)} />
        </span>
      ),
    },
    {
      id: 'value',
      title: t('worth.value-of', { months: of === 'alive' ? 12 : months }),
      right: true,
      foot: money(rows.reduce((sum, bin) => sum + bin.valueMinor, 0)),
      cell: bin => money(bin.valueMinor),
    },
  ]
  const open = (bin: Bin) =>
    filter.show(
      of === 'alive'
        ? { aliveFrom: bin.from, aliveTo: bin.to ?? 1, label: `P(alive) ${name(bin)}` }
        : { valueFrom: bin.from < 0 ? undefined : bin.from, valueTo: bin.to ?? undefined, label: name(bin) },
    )
  return (
    <Panel title={t(of === 'alive' ? 'worth.alive-title' : 'worth.value-title')} note={t('worth.open-note')} flush>
      <DataTable
        columns={columns}
        rows={rows}
        rowId={bin => bin.from}
        onOpen={open}
        empty={<Blank title={t('worth.none')} />}
        caption={t(of === 'alive' ? 'worth.alive-title' : 'worth.value-title')}
      />
    </Panel>
  )
}
