import type { Look } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { type Column, DataTable, Figures } from '../../../../kit/index.ts'

/** How many customers fall where rules meet or where none reaches. */
export function Overlaps({
  look,
  ordered,
  nameOf,
}: {
  look: Look
  ordered: boolean
  nameOf: (code: string) => string
}) {
  const { t, number, percent } = useText()
  const columns: Column<Look['pairs'][number]>[] = [
    { id: 'a', title: ordered ? t('seg.takes-them') : t('segments.segment'), cell: row => nameOf(row.a) },
    { id: 'b', title: t('seg.also-holds'), cell: row => nameOf(row.b) },
    { id: 'n', title: t('segments.customers'), right: true, cell: row => number(row.customers) },
  ]
  return (
    <div className="stack tight">
      <Figures
        items={[
          {
            id: 'all',
            label: t('segments.customers'),
            value: number(look.customers),
            note: look.sampled < 1 ? t('seg.sampled', { share: percent(look.sampled, 0) }) : t('seg.all-counted'),
          },
          {
            id: 'none',
            label: t('seg.in-none'),
            value: number(look.none),
            tone: look.none > 0 ? 'bad' : 'good',
          },
          {
            id: 'twice',
            label: t('seg.in-two'),
            value: number(look.twice),
            note: ordered ? t('seg.first-takes') : '',
            tone: !ordered && look.twice > 0 ? 'bad' : undefined,
          },
        ]}
      />
      {look.pairs.length > 0 ? (
        <details>
          <summary>{t('seg.pairs')}</summary>
          <DataTable columns={columns} rows={look.pairs.slice(0, 20)} rowId={row => `${row.a} ${row.b}`} wide />
        </details>
      ) : null}
    </div>
  )
}
