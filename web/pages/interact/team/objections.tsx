import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Chip, type Column, DataTable, Panel, Select, useUrlState } from '../../../kit/index.ts'
import { PeriodFields, usePeriod } from './period.tsx'
import { ShareCell } from './share-cell.tsx'
import type { ObjectionRow, Objections } from './types.ts'

/** What customers say against offers, how often, and how often they take them after all. */
export function ObjectionsTab() {
  const { t, say, number } = useText()
  const may = useMay()
  const period = usePeriod()
  const [offer, setOffer] = useUrlState('offer')
  const { from, to } = period
  const query = useGet<Objections>('/team/objections', { query: { from, to, offer }, keep: true })
  const columns: Column<ObjectionRow>[] = [
    {
      id: 'says',
      title: t('tl.objection'),
      by: row => say(row.says),
      cell: row => (
        <>
          {may('content.read') ? (
            <Link to={`/fragments/${row.id}`} className="strong">
              “{say(row.says)}”
            </Link>
          ) : (
            <span className="strong">“{say(row.says)}”</span>
          )}{' '}
          {row.live ? null : <Chip>{t('tl.objection-withdrawn')}</Chip>}
        </>
      ),
    },
    {
      id: 'offers',
      title: t('tl.objection-offers'),
      cell: row =>
        row.offers.length > 0 ? row.offers.map(say).join(' · ') : <span className="muted">{t('tl.every-offer')}</span>,
    },
    { id: 'heard', title: t('tl.heard'), right: true, by: row => row.heard.yes, cell: row => number(row.heard.yes) },
    {
      id: 'share',
      title: t('tl.heard-share'),
      right: true,
      by: row => row.heard.share ?? -1,
      cell: row => <ShareCell share={row.heard} />,
    },
    {
      id: 'accepted',
      title: t('tl.accepted-after'),
      right: true,
      by: row => row.accepted.share ?? -1,
      cell: row => <ShareCell share={row.accepted} />,
    },
  ]
  return (
    <Panel title={t('tl.objections')} note={t('tl.objections-note')} flush>
      <div className="toolbar inset">
        <PeriodFields {...period} />
        <Select
          aria-label={t('tl.by.offer')}
          allowClear
          style={{ minWidth: 180 }}
          placeholder={t('tl.by.offer')}
          value={offer || null}
          onChange={value => setOffer(value ?? '')}
          options={(query.data?.offers ?? []).map(one => ({ value: one.offer, label: say(one.name) }))}
        />
      </div>
      <Async query={query} lines={8}>
        {({ rows, none, spoken }) => (
          <>
            <DataTable
              caption={t('tl.objections')}
              rows={rows}
              columns={columns}
              rowId={row => row.id}
              empty={<Blank title={t('tl.no-objections')}>{t('tl.no-objections-hint')}</Blank>}
            />
            <div className="table-foot">
              <span className="muted">
                {t('tl.spoken', { count: number(spoken) })} {t('tl.without-any')} <ShareCell share={none} />
              </span>
            </div>
          </>
        )}
      </Async>
    </Panel>
  )
}
