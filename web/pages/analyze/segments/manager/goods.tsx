import type { Management } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Blank, Chip, type Column, DataTable, Panel } from '../../../../kit/index.ts'

/** What they buy against everybody, and what several segments would all buy. */
export function Goods({ data, nameOf }: { data: Management; nameOf: (code: string) => string }) {
  const { t, say, number, percent } = useText()
  const bought: Column<Management['bought'][number]>[] = [
    { id: 'name', title: t('manager.product'), cell: row => say(row.name) },
    { id: 'buyers', title: t('manager.buyers'), right: true, by: row => row.buyers, cell: row => number(row.buyers) },
    { id: 'share', title: t('manager.share'), right: true, by: row => row.share, cell: row => percent(row.share) },
    {
      id: 'all',
      title: t('manager.share-of-all'),
      right: true,
      by: row => row.shareOfAll,
      cell: row => percent(row.shareOfAll),
    },
    {
      id: 'index',
      title: t('manager.index'),
      right: true,
      by: row => row.index,
      cell: row => <span className="strong">{number(row.index)}</span>,
    },
  ]
  const wanted: Column<Management['wanted'][number]>[] = [
    { id: 'name', title: t('manager.product'), cell: row => say(row.name) },
    { id: 'own', title: t('manager.here'), right: true, by: row => row.customers, cell: row => number(row.customers) },
    {
      id: 'segments',
      title: t('manager.in-segments'),
      cell: row => (
        <span className="row wrap-row tight">
          {row.segments.slice(0, 6).map(of => (
            <Chip key={of.segment} tone={of.segment === data.segment.code ? 'accent' : 'plain'}>
              {nameOf(of.segment)} {number(of.customers)}
            </Chip>
          ))}
        </span>
      ),
    },
  ]
  return (
    <>
      <Panel flush title={t('manager.bought')} note={t('manager.bought-note')}>
        <DataTable
          columns={bought}
          rows={data.bought}
          rowId={row => row.code}
          empty={<Blank title={t('manager.too-few')} />}
        />
      </Panel>
      <Panel flush title={t('manager.wanted')} note={t('manager.wanted-note')}>
        <DataTable
          columns={wanted}
          rows={data.wanted}
          rowId={row => row.code}
          empty={<Blank title={t('manager.nothing-shared')} />}
        />
      </Panel>
    </>
  )
}
