import { useMemo } from 'react'
import { useGet } from '../../api/queries.ts'
import type { PurchaseList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../kit/index.ts'
import { spentByMonth } from './spent-by-month.ts'

/** What the customer spent in each month, from the newest 500 invoices. */
export function PurchaseMonths({ id, currency }: { id: number; currency: string }) {
  const { t, month, money } = useText()
  const theme = shade.use()
  const purchases = useGet<PurchaseList>(`/customers/${id}/purchases`, { query: { offset: 0, limit: 500 } })
  const months = useMemo(() => spentByMonth(purchases.data?.rows ?? []), [purchases.data])
  const option = useMemo(() => {
    const style = chartStyle(theme)
    return {
      grid: { ...style.grid, top: 10 },
      tooltip: { ...style.tooltip, valueFormatter: (value: number) => money(value, currency) },
      xAxis: { type: 'category', data: months.map(entry => month(`${entry.month}-01`)), ...style.category },
      yAxis: {
        type: 'value',
        ...style.value,
        axisLabel: {
          ...style.value.axisLabel,
          formatter: (value: number) => money(value, currency, { compact: true }),
        },
      },
      series: [
        {
          type: 'bar',
          name: t('purchases.amount'),
          data: months.map(entry => entry.minor),
          itemStyle: { color: style.colour.accent, borderRadius: [2, 2, 0, 0] },
          barMaxWidth: 22,
        },
      ],
    }
  }, [months, theme, month, money, currency, t])
  if (months.length < 2) return null
  return (
    <div style={{ padding: '0 12px 8px' }}>
      <Chart option={option} height={170} label={t('purchases.chart')} />
    </div>
  )
}
