import { EditOutlined, PrinterOutlined } from '@ant-design/icons'
import { Link, useParams } from 'react-router'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import type { CustomerDetail } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Button, Callout, Chip, Page, Tabs, Tooltip, useUrlState } from '../../kit/index.ts'
import { CustomerFeatures } from '../analyze/customer-features.tsx'
import { CustomerInsightView } from '../analyze/customer-insight.tsx'
import { CustomerSummary } from '../analyze/customer-summary.tsx'
import { CustomerOutlookView } from '../analyze/models/outlook.tsx'
import { CustomerValueView } from '../analyze/value/customer-value.tsx'
import { ComplaintBar } from '../optimize/complaint.tsx'
import { CustomerPlanView } from '../optimize/customer-plan.tsx'
import { CustomerCommunications } from '../personalize/customer-communications.tsx'
import { AnswerForm } from './answer-form.tsx'
import { isHan } from './customer-cells.tsx'
import { CustomerEvents } from './customer-events.tsx'
import { CustomerProfile } from './customer-profile.tsx'
import { CustomerPurchases } from './customer-purchases.tsx'
import { CustomerRecords } from './customer-records.tsx'
import { CustomerRelationsPanel } from './customer-relations.tsx'
import { CustomerRights } from './rights/customer-rights.tsx'

export default function CustomerPage() {
  const { t } = useText()
  const { id = '' } = useParams()
  const customer = useGet<CustomerDetail>(`/customers/${id}`)
  if (customer.data) return <CustomerView key={customer.data.customerId} customer={customer.data} />
  return (
    <Page title={t('customer.title')} crumb={<Link to="/customers">{t('customers.title')}</Link>}>
      <Async query={customer} lines={14}>
        {() => null}
      </Async>
    </Page>
  )
}

function CustomerView({ customer }: { customer: CustomerDetail }) {
  const { t, term, day } = useText()
  const may = useMay()
  const [tab, setTab] = useUrlState('tab', 'overview')
  const [answering, setAnswering] = useUrlState('answer')
  const id = customer.customerId
  const tabs = [
    {
      key: 'overview',
      label: t('customer.overview'),
      children: (
        <div className="stack">
          {may('insight.read') ? <CustomerInsightView id={id} /> : null}
          {may('insight.read') ? <CustomerOutlookView id={id} /> : null}
          {may('plan.read') || may('insight.read') ? <CustomerPlanView id={id} /> : null}
          <CustomerRelationsPanel id={id} />
          <CustomerPurchases id={id} short />
        </div>
      ),
    },
    may('communications.read')
      ? { key: 'communications', label: t('customer.communications'), children: <CustomerCommunications id={id} /> }
      : null,
    { key: 'purchases', label: t('customer.purchases'), children: <CustomerPurchases id={id} /> },
    { key: 'events', label: t('customer.events'), children: <CustomerEvents id={id} /> },
    may('insight.read')
      ? { key: 'features', label: t('customer.features'), children: <CustomerFeatures id={id} /> }
      : null,
    may('insight.read') ? { key: 'value', label: t('worth.tab'), children: <CustomerValueView id={id} /> } : null,
    { key: 'rights', label: t('rights.tab'), children: <CustomerRights id={id} /> },
    { key: 'records', label: t('customer.records'), children: <CustomerRecords customer={customer} /> },
  ].filter(item => item !== null)
  return (
    <Page
      title={customer.name || t('customer.nameless')}
      crumb={<Link to="/customers">{t('customers.title')}</Link>}
      lead={
        <span className="row">
          {isHan(customer.name) && customer.pinyin ? <span className="muted">{customer.pinyin}</span> : null}
          <Chip tone={customer.kind === 'organisation' ? 'accent' : 'plain'}>{term('kind', customer.kind)}</Chip>
          <Chip>{term('language', customer.language)}</Chip>
          <span className="small muted">
            {t('customer.number', { id })}
            {customer.accounts.length > 0
              ? ` · ${t('customer.accounts', { accounts: customer.accounts.join(', ') })}`
              : ''}
            {customer.since ? ` · ${t('customer.since', { day: day(customer.since) })}` : ''}
          </span>
        </span>
      }
      actions={
        <>
          <Tooltip title={t('action.print')}>
            <Button icon={<PrinterOutlined />} aria-label={t('action.print')} onClick={() => print()} />
          </Tooltip>
          {may('customers.answer') ? (
            <Button type="primary" icon={<EditOutlined />} onClick={() => setAnswering('open')}>
              {t('answer.open')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="stack">
        <ComplaintBar id={id} />
        {customer.pending.length > 0 ? <Pending pending={customer.pending} /> : null}
        {may('insight.read') ? <CustomerSummary id={id} /> : null}
        <div className="customer">
          <CustomerProfile customer={customer} />
          <div className="tabs-line">
            <Tabs activeKey={tab} onChange={setTab} items={tabs} destroyOnHidden />
          </div>
        </div>
      </div>
      {answering === 'open' && may('customers.answer') ? (
        <AnswerForm customer={customer} onClose={() => setAnswering('')} />
      ) : null}
    </Page>
  )
}

/** What the customer told us since: the next turn takes it up. */
function Pending({ pending }: { pending: CustomerDetail['pending'] }) {
  const { t, term, instant } = useText()
  return (
    <Callout title={t('customer.pending', { count: pending.length })}>
      <ul>
        {pending.map(item => (
          <li key={`${item.field} ${item.at}`}>
            {term('field', item.field)}: <span className="strong break">{term('answer-value', item.value)}</span>{' '}
            <span className="small muted">{instant(item.at)}</span>
          </li>
        ))}
      </ul>
    </Callout>
  )
}
