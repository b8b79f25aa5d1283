import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { ProductList, ProductRow } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Checkbox,
  type Column,
  DataTable,
  Input,
  Meter,
  Pager,
  Panel,
  Select,
  useLater,
  useUrlState,
} from '../../../kit/index.ts'

const LIMIT = 50
const SORTS = ['gross', 'buyers', 'repeat', 'returns', 'growth', 'margin', 'name'] as const

/** Every product: who has it, who comes back for it, what comes back of it. */
export function ProductTable() {
  const { t, say, number, percent, money, day } = useText()
  const navigate = useNavigate()
  const [words, setWords] = useUrlState('q')
  const [category, setCategory] = useUrlState('category')
  const [sort, setSort] = useUrlState('sort', 'gross')
  const [unsold, setUnsold] = useUrlState('unsold')
  const [offset, setOffset] = useState(0)
  const q = useLater(words)
  const list = useGet<ProductList>('/products', {
    query: { q, category, sort, unsold: unsold === 'yes' ? true : undefined, offset, limit: LIMIT },
    keep: true,
  })
  const turned = (set: (value: string) => void) => (value: string) => {
    setOffset(0)
    set(value)
  }
  const share = (value: number | null) => (value === null ? <span className="muted">–</span> : percent(value, 1))
  const columns: Column<ProductRow>[] = [
    {
      id: 'name',
      title: t('products.product'),
      cell: row => (
        <>
          <div className="wrap">{say(row.name)}</div>
          <div className="small muted mono">{row.code}</div>
        </>
      ),
    },
    { id: 'buyers', title: t('products.buyers'), right: true, cell: row => number(row.buyers) },
    {
      id: 'penetration',
      title: t('products.penetration'),
      right: true,
      cell: row => (
        <span className="row end nowrap-row">
          {percent(row.penetration, 1)}
          <Meter share={row.penetration} width={48} label={percent(row.penetration, 1)} />
        </span>
      ),
    },
    { id: 'repeat', title: t('products.repeat'), right: true, cell: row => share(row.repeatShare) },
    {
      id: 'gross',
      title: t('products.gross'),
      right: true,
      cell: row => money(row.grossMinor, list.data?.currency ?? 'GBP'),
    },
    {
      id: 'growth',
      title: t('products.growth'),
      right: true,
      cell: row =>
        row.growth === null ? (
          <span className="muted">–</span>
        ) : (
          <span className={row.growth < 0 ? 'down' : 'up'}>
            {row.growth > 0 ? '+' : ''}
            {percent(row.growth, 0)}
          </span>
        ),
    },
    { id: 'returns', title: t('products.returns'), right: true, cell: row => share(row.returnShare) },
    { id: 'margin', title: t('products.margin'), right: true, cell: row => share(row.marginRate) },
    {
      id: 'last',
      title: t('products.last-sold'),
      right: true,
      cell: row => (row.lastSold ? day(row.lastSold) : <span className="muted">{t('products.never')}</span>),
    },
  ]
  return (
    <Panel
      flush
      note={
        list.data ? t('products.basis', { day: day(list.data.asOf), customers: number(list.data.customers) }) : null
      }
      title={t('products.list')}
    >
      <div className="toolbar product-filters">
        <Input.Search
          className="grow"
          allowClear
          value={words}
          onChange={event => turned(setWords)(event.target.value)}
          placeholder={t('products.search')}
          aria-label={t('products.search')}
        />
        <Select
          value={category}
          onChange={turned(setCategory)}
          aria-label={t('products.category')}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: '', label: t('products.all-categories') },
            ...(list.data?.categories ?? []).map(({ code, name, products }) => ({
              value: code,
              label: `${say(name)} (${number(products)})`,
            })),
          ]}
        />
        <Select
          value={sort}
          onChange={turned(setSort)}
          aria-label={t('products.sort')}
          options={SORTS.map(value => ({ value, label: t(`products.by-${value}`) }))}
        />
        <Checkbox checked={unsold === 'yes'} onChange={event => turned(setUnsold)(event.target.checked ? 'yes' : '')}>
          {t('products.unsold')}
        </Checkbox>
      </div>
      <Async query={list} lines={12}>
        {data => (
          <>
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={row => row.code}
              onOpen={row => void navigate(`/products/${encodeURIComponent(row.code)}`)}
              empty={<Blank title={t('products.none')} />}
            />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Panel>
  )
}
