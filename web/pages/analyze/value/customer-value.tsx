import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  type Column,
  DataTable,
  Figures,
  Meter,
  Panel,
  Segmented,
  useUrlState,
} from '../../../kit/index.ts'
import { AliveCurve } from './alive-curve.tsx'
import { Help } from './help.tsx'
import { type CustomerValue, horizons } from './types.ts'
import { useMoneyRange } from './use-money-range.ts'

/** What one customer is worth, by horizon and category, and how sure it is that they are still one. */
export function CustomerValueView({ id }: { id: number }) {
  const { t } = useText()
  const value = useGet<CustomerValue>(`/customers/${id}/value`)
  const refused = value.error && 'status' in value.error && value.error.status === 404
  if (refused)
    return (
      <Panel title={t('worth.title')}>
        <Blank title={t('worth.no-value')}>{value.error.message}</Blank>
      </Panel>
    )
  return (
    <Async query={value} lines={10}>
      {data => <Content value={data} />}
    </Async>
  )
}

function Content({ value }: { value: CustomerValue }) {
  const { t, number, percent, day } = useText()
  const { money, between } = useMoneyRange(value.currency)
  return (
    <div className="stack">
      <Panel
        title={t('worth.title')}
        note={t('worth.as-of', { day: day(value.asOf), method: t(`worth.method-${value.method}`) })}
        extra={<Link to="/value">{t('worth.which-model')}</Link>}
      >
        <div className="stack">
          <Figures
            items={[
              ...value.values.map(one => ({
                id: String(one.months),
                label: t('worth.value-of', { months: one.months }),
                value: money(one.minor),
                note: `${between(one)} · ${t('worth.purchases-short', { count: number(one.purchases, 1) })}`,
              })),
              { id: 'alive', label: t('worth.p-alive'), value: percent(value.alive, 0), note: t('worth.alive-note') },
              {
                id: 'lost',
                label: t('worth.at-risk'),
                value: money(value.values[0]?.lostMinor ?? 0),
                note: t('worth.leaves-note', { share: percent(value.leaves, 0) }),
              },
            ]}
          />
          <Help id="value" values={{ rate: '10 %' }} />
        </div>
      </Panel>
      {value.curve ? (
        <Panel
          title={t('worth.curve')}
          note={t('worth.curve-note', { model: value.curve.model, days: number(value.curve.silentDays) })}
        >
          <AliveCurve curve={value.curve} />
        </Panel>
      ) : null}
      <Categories value={value} />
    </div>
  )
}

type Row = CustomerValue['categories'][number]

function Categories({ value }: { value: CustomerValue }) {
  const { t, say, percent } = useText()
  const { money, between } = useMoneyRange(value.currency)
  const [months, setMonths] = useUrlState('months', '12')
  const chosen = horizons.find(m => String(m) === months) ?? 12
  const of = (row: Row) => row.values.find(one => one.months === chosen) ?? row.values[0]
  const columns: Column<Row>[] = [
    {
      id: 'category',
      title: t('worth.category'),
      foot: t('worth.together'),
      by: row => say(row.name),
      cell: row => say(row.name),
    },
    {
      id: 'share',
      title: t('worth.share'),
      right: true,
      by: row => row.share,
      cell: row => (
        <span className="row end nowrap-row">
          {percent(row.share)}
          <Meter share={row.share} width={56} label={percent(row.share)} />
        </span>
      ),
    },
    {
      id: 'value',
      title: t('worth.value-of', { months: chosen }),
      right: true,
      foot: money(value.categories.reduce((sum, row) => sum + (of(row)?.minor ?? 0), 0)),
      by: row => of(row)?.minor ?? 0,
      cell: row => {
        const one = of(row)
        return one ? (
          <>
            <div className="strong">{money(one.minor)}</div>
            <div className="small muted">{between(one)}</div>
          </>
        ) : null
      },
    },
  ]
  return (
    <Panel
      title={t('worth.by-category')}
      extra={
        <Segmented
          size="small"
          aria-label={t('worth.horizon')}
          value={String(chosen)}
          onChange={one => setMonths(String(one))}
          options={horizons.map(m => ({ value: String(m), label: t('worth.months', { months: m }) }))}
        />
      }
      flush
    >
      <DataTable
        columns={columns}
        rows={value.categories}
        rowId={row => row.category}
        empty={<Blank title={t('worth.no-categories')} />}
        caption={t('worth.by-category')}
      />
      <div className="panel-body">
        <Help id="category" />
      </div>
    </Panel>
  )
}
