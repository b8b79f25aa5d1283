import { useText } from '../../../i18n/use-text.ts'
import { Page, Tabs, useUrlState } from '../../../kit/index.ts'
import { Backtest } from './backtest.tsx'
import { CategoryMatrix } from './category-matrix.tsx'
import { ProductTable } from './product-table.tsx'
import { Rules } from './rules.tsx'

export default function ProductsPage() {
  const { t } = useText()
  const [tab, setTab] = useUrlState('tab', 'list')
  return (
    <Page title={t('products.title')} lead={t('products.lead')}>
      <div className="tabs-line">
        <Tabs
          activeKey={tab}
          onChange={setTab}
          destroyOnHidden
          items={[
            { key: 'list', label: t('products.list'), children: <ProductTable /> },
            { key: 'rules', label: t('products.rules'), children: <Rules /> },
            { key: 'categories', label: t('products.categories'), children: <CategoryMatrix /> },
            { key: 'backtest', label: t('products.backtest'), children: <Backtest /> },
          ]}
        />
      </div>
    </Page>
  )
}
