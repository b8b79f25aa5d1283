import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import type { CustomerInsight } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Panel } from '../../kit/index.ts'
import { CustomerNextProducts } from './products/customer-next.tsx'
import { useInsight } from './use-insight.ts'

/** Why this customer may leave, and what they may want next. */
export function CustomerInsightView({ id }: { id: number }) {
  const { t } = useText()
  const insight = useInsight(id)
  return (
    <div className="columns">
      <Panel title={t('insight.reasons')} note={t('insight.reasons-note')}>
        <Async query={insight}>{data => <Reasons churn={data.churn} />}</Async>
      </Panel>
      <Panel title={t('insight.next')} note={t('insight.next-note')}>
        <CustomerNextProducts id={id} />
      </Panel>
    </div>
  )
}

function Reasons({ churn }: { churn: CustomerInsight['churn'] }) {
  const { t, say } = useText()
  if (!churn || churn.reasons.length === 0) return <Blank title={t('insight.no-reasons')} />
  return (
    <ul className="reasons">
      {churn.reasons.map(reason => (
        <li key={reason.feature}>
          <span className={reason.direction === 'raises' ? 'bad' : 'good'}>
            {reason.direction === 'raises' ? <ArrowUpOutlined /> : <ArrowDownOutlined />}
          </span>
          <span className="grow">{say(reason.name)}</span>
          <span className="strong">{reason.value}</span>
          <span className="small muted">{t(reason.direction === 'raises' ? 'insight.raises' : 'insight.lowers')}</span>
        </li>
      ))}
    </ul>
  )
}
