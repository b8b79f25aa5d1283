import { Link, useParams } from 'react-router'
import type { ProductView } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Chip, type Column, DataTable, Figures, Page, Panel } from '../../../kit/index.ts'
import { Companions } from './companions.tsx'
import { EgoGraph } from './ego-graph.tsx'
import { ProductLink } from './product-link.tsx'
import { ProposedTo } from './proposed-customers.tsx'
import { RuleTable } from './rule-table.tsx'

export default function ProductPage() {
  const { t, say } = useText()
  const { code = '' } = useParams()
  const view = useGet<ProductView>(`/products/${encodeURIComponent(code)}`)
  return (
    <Page
      title={view.data ? say(view.data.product.name) : code}
      lead={<span className="mono">{code}</span>}
      crumb={<Link to="/products">{t('products.title')}</Link>}
    >
      <Async query={view} lines={12}>
        {data => <Loaded key={code} view={data} />}
      </Async>
    </Page>
  )
}

function Loaded({ view }: { view: ProductView }) {
  const { t, say, number } = useText()
  const speaks: Column<ProductView['speaksFor'][number]>[] = [
    { id: 'name', title: t('products.product'), cell: row => <ProductLink {...row} /> },
    { id: 'weight', title: t('products.weight'), right: true, cell: row => number(row.weight, 3) },
  ]
  return (
    <div className="stack">
      <ProductFigures view={view} />
      <div className="columns">
        <Panel title={t('products.bought-together')} note={t('products.bought-together-note')}>
          {view.inBaskets.length > 0 ? (
            <EgoGraph
              companions={view.inBaskets}
              links={view.links}
              label={t('products.graph-label', { product: say(view.product.name) })}
            />
          ) : (
            <Blank title={t('products.no-companions')} />
          )}
        </Panel>
        <Panel flush title={t('products.in-baskets')}>
          <Companions rows={view.inBaskets} counted={t('rules.baskets')} />
        </Panel>
      </div>
      <div className="columns">
        <Panel flush title={t('products.by-customers')} note={t('products.by-customers-note')}>
          <Companions rows={view.byCustomers} counted={t('products.buyers')} />
        </Panel>
        <Panel flush title={t('products.speaks-for')} note={t('products.speaks-note')}>
          <DataTable
            columns={speaks}
            rows={view.speaksFor}
            rowId={row => row.code}
            empty={<Blank title={t('products.not-modelled')} />}
          />
        </Panel>
      </div>
      {view.rules.length > 0 ? (
        <Panel flush title={t('products.its-rules')}>
          <RuleTable rules={view.rules} />
        </Panel>
      ) : null}
      {view.needs.length > 0 ? (
        <Panel title={t('products.its-needs')}>
          <ul className="plain stack tight">
            {view.needs.map(need => (
              <li key={`${need.code}@${need.version}`} className="row">
                <Link to={`/needs/${need.code}`}>{say(need.name)}</Link>
                <Chip>{t('needs.version', { version: need.version })}</Chip>
                <span className="muted">{t('products.customers', { count: number(need.customers) })}</span>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <ProposedTo code={view.product.code} counts={view.proposedTo} />
    </div>
  )
}

function ProductFigures({ view }: { view: ProductView }) {
  const { t, number, percent, money, day } = useText()
  const { product, currency } = view
  const share = (value: number | null) => (value === null ? '–' : percent(value, 1))
  return (
    <Figures
      items={[
        {
          id: 'buyers',
          label: t('products.buyers'),
          value: number(product.buyers),
          note: t('products.ever', { count: number(view.buyersEver) }),
        },
        {
          id: 'penetration',
          label: t('products.penetration'),
          value: percent(product.penetration, 1),
          note: t('products.of-active'),
        },
        {
          id: 'repeat',
          label: t('products.repeat'),
          value: share(product.repeatShare),
          note: t('products.repeat-note'),
        },
        {
          id: 'gross',
          label: t('products.gross'),
          value: money(product.grossMinor, currency),
          note:
            product.growth === null
              ? t('products.as-of', { day: day(view.asOf) })
              : t('products.growth-note', { share: `${product.growth > 0 ? '+' : ''}${percent(product.growth, 0)}` }),
        },
        {
          id: 'returns',
          label: t('products.returns'),
          value: share(product.returnShare),
          note: money(view.returnedMinor, currency),
        },
        {
          id: 'margin',
          label: t('products.margin'),
          value: share(product.marginRate),
          note: t('products.margin-note'),
        },
      ]}
    />
  )
}
