import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import type { CustomerInsight } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, Meter, Panel } from '../../kit/index.ts'
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
        <Async query={insight}>{data => <NextProducts products={data.nextProducts} />}</Async>
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

function NextProducts({ products }: { products: CustomerInsight['nextProducts'] }) {
  const { t, say, term } = useText()
  if (products.length === 0) return <Blank title={t('insight.no-next')} />
  const best = Math.max(...products.map(product => product.score), 1e-9)
  return (
    <ol className="next-products">
      {products.map(product => (
        <li key={product.code}>
          <div className="grow">
            <div className="row">
              <span>{say(product.name)}</span>
              <Chip tone={product.kind === 'explore' ? 'accent' : 'plain'}>{term('next-kind', product.kind)}</Chip>
            </div>
            <div className="small muted">
              <span className="mono">{product.code}</span>
              {product.because ? ` · ${t('insight.because', { product: say(product.because) })}` : ''}
            </div>
          </div>
          <Meter share={product.score / best} width={56} label={t('insight.score')} />
        </li>
      ))}
    </ol>
  )
}
