import { Link } from 'react-router'
import { useMay } from '../../api/session.ts'
import type { CustomerInsight } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Figures, Skeleton } from '../../kit/index.ts'
import { useInsight } from './use-insight.ts'

/** Who this is worth being to us, in six figures. */
export function CustomerSummary({ id }: { id: number }) {
  const insight = useInsight(id)
  if (insight.isError) return null
  if (!insight.data) return <Skeleton.Node active style={{ width: '100%', height: 74 }} />
  return <Summary insight={insight.data} />
}

function Summary({ insight }: { insight: CustomerInsight }) {
  const { t, say, money, percent, number, day } = useText()
  const may = useMay()
  const { segment, value, churn, rfm } = insight
  return (
    <Figures
      items={[
        {
          id: 'segment',
          label: t('insight.segment'),
          value: segment ? (
            may('segments.read') ? (
              <Link to={`/segments/${segment.id}`}>{say(segment.name)}</Link>
            ) : (
              say(segment.name)
            )
          ) : (
            '–'
          ),
          note: segment ? say(segment.strategy) : t('insight.as-of', { day: day(insight.asOf) }),
        },
        {
          id: 'value',
          label: t('insight.value'),
          value: value ? money(value.minor, value.currency) : '–',
          note: value
            ? t('insight.between', {
                low: money(value.lowMinor, value.currency),
                high: money(value.highMinor, value.currency),
              })
            : t('insight.no-purchases'),
        },
        {
          id: 'churn',
          label: t('insight.churn'),
          value: churn ? percent(churn.probability, 0) : '–',
          tone: churn ? (churn.probability >= 0.66 ? 'bad' : churn.probability >= 0.4 ? 'warn' : undefined) : undefined,
          note: churn
            ? t(
                churn.probability >= 0.66
                  ? 'insight.risk-high'
                  : churn.probability >= 0.4
                    ? 'insight.risk-medium'
                    : 'insight.risk-low',
              )
            : null,
        },
        {
          id: 'alive',
          label: t('insight.alive'),
          value: insight.pAlive === null ? '–' : percent(insight.pAlive, 0),
        },
        {
          id: 'expected',
          label: t('insight.expected'),
          value: insight.expectedPurchases === null ? '–' : number(insight.expectedPurchases, 1),
          note: t('insight.next-year'),
        },
        {
          id: 'rfm',
          label: t('insight.rfm'),
          value: rfm ? `${rfm.r} ${rfm.f} ${rfm.m}` : '–',
          note: t('insight.rfm-note'),
        },
      ]}
    />
  )
}
