import type { AssociationRule } from '../../../api/products.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, type Column, DataTable } from '../../../kit/index.ts'
import { ProductLink } from './product-link.tsx'

export function RuleTable({ rules }: { rules: readonly AssociationRule[] }) {
  const { t, number, percent } = useText()
  const columns: Column<AssociationRule>[] = [
    {
      id: 'lhs',
      title: t('rules.if'),
      cell: rule => (
        <ul className="plain">
          {rule.lhs.map(item => (
            <li key={item.code} className="wrap">
              <ProductLink {...item} />
            </li>
          ))}
        </ul>
      ),
    },
    { id: 'rhs', title: t('rules.then'), cell: rule => <ProductLink {...rule.rhs} /> },
    {
      id: 'baskets',
      title: t('rules.baskets'),
      right: true,
      by: rule => rule.baskets,
      cell: rule => number(rule.baskets),
    },
    {
      id: 'support',
      title: t('rules.support'),
      right: true,
      by: rule => rule.support,
      cell: rule => percent(rule.support, 2),
    },
    {
      id: 'confidence',
      title: t('rules.confidence'),
      right: true,
      by: rule => rule.confidence,
      cell: rule => percent(rule.confidence, 0),
    },
    { id: 'lift', title: t('rules.lift'), right: true, by: rule => rule.lift, cell: rule => number(rule.lift, 2) },
    {
      id: 'shrunk',
      title: <span title={t('rules.shrunk-note')}>{t('rules.shrunk')}</span>,
      right: true,
      by: rule => rule.shrunkLift,
      cell: rule => number(rule.shrunkLift, 2),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rules}
      rowId={rule => `${rule.lhs.map(item => item.code).join('+')}>${rule.rhs.code}`}
      empty={<Blank title={t('rules.no-rules')}>{t('rules.no-rules-hint')}</Blank>}
    />
  )
}
