import { useText } from '../../../i18n/use-text.ts'
import { TabbedPage } from '../../../kit/index.ts'
import { Backtest } from './backtest.tsx'
import { CategoryMatrix } from './category-matrix.tsx'
import { ProductTable } from './product-table.tsx'
import { Rules } from './rules.tsx'

export default function ProductsPage() {
  const { t } = useText()
  return (
    <TabbedPage
      title={t('products.title')}
      lead={t('products.lead')}
      tabs={[
        { key: 'list', label: t('products.list'), children: <ProductTable /> },
        { key: 'rules', label: t('products.rules'), children: <Rules /> },
        { key: 'categories', label: t('products.categories'), children: <CategoryMatrix /> },
        { key: 'backtest', label: t('products.backtest'), children: <Backtest /> },
      ]}
    />
  )
}
