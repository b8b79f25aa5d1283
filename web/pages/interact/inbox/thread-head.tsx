import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useSession } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Chip, InputNumber, Select } from '../../../kit/index.ts'
import type { ThreadDetail } from './types.ts'

interface ThreadHeadProps {
  thread: ThreadDetail
  works: boolean
  act: (name: string, body: unknown) => void
  onState: (body: { state: string }) => void
  onRest: (days: number) => void
}

/** Who wrote, whose it is to answer, and what may be done with the thread. */
export function ThreadHead({ thread, works, act, onState, onRest }: ThreadHeadProps) {
  const { t, instant } = useText()
  const me = useSession().data?.userId
  const owners = useGet<{ rows: { userId: number; name: string }[] }>('/inbox/owners', { enabled: works })
  return (
    <div className="stack tight">
      <div className="row">
        {thread.customerId > 0 ? (
          <Link className="strong" to={`/customers/${thread.customerId}`}>
            {thread.customerName || `#${thread.customerId}`}
          </Link>
        ) : (
          <span className="strong">{t('ib.nobody')}</span>
        )}
        <span className="soft break">{thread.address}</span>
        <Chip tone={thread.state === 'open' ? 'accent' : 'plain'}>{t(`ib.state.${thread.state}`)}</Chip>
        {thread.snoozedUntil && thread.state === 'snoozed' ? (
          <span className="soft">{t('ib.until', { at: instant(thread.snoozedUntil) })}</span>
        ) : null}
        {!works && thread.ownerName ? <span className="soft">{t('ib.owner', { name: thread.ownerName })}</span> : null}
      </div>
      {works ? (
        <div className="toolbar">
          {thread.owner !== me ? <Button onClick={() => act('owner', { owner: 'me' })}>{t('ib.take')}</Button> : null}
          <Select
            aria-label={t('ib.assign')}
            className="filter-choice"
            popupMatchSelectWidth={false}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('ib.assign')}
            value={thread.owner}
            onChange={owner => act('owner', { owner: owner ?? null })}
            options={owners.data?.rows.map(one => ({ value: one.userId, label: one.name })) ?? []}
          />
          {thread.state === 'closed' ? (
            <Button onClick={() => onState({ state: 'open' })}>{t('ib.reopen')}</Button>
          ) : (
            <>
              <Button onClick={() => onState({ state: 'closed' })}>{t('ib.close')}</Button>
              <Button onClick={() => onRest(1)}>{t('ib.snooze-day')}</Button>
              <Button onClick={() => onRest(7)}>{t('ib.snooze-week')}</Button>
            </>
          )}
        </div>
      ) : null}
      {works && thread.customerId === 0 ? <WhoseIsIt onSaid={customerId => act('customer', { customerId })} /> : null}
    </div>
  )
}

function WhoseIsIt({ onSaid }: { onSaid: (customerId: number) => void }) {
  const { t } = useText()
  const [customer, setCustomer] = useState<number | null>(null)
  return (
    <form
      className="toolbar"
      onSubmit={event => {
        event.preventDefault()
        if (customer !== null) onSaid(customer)
      }}
    >
      <InputNumber
        min={1}
        precision={0}
        aria-label={t('ib.customer-number')}
        placeholder={t('ib.customer-number')}
        style={{ width: 150 }}
        value={customer}
        onChange={setCustomer}
      />
      <Button htmlType="submit" disabled={customer === null}>
        {t('ib.assign-customer')}
      </Button>
    </form>
  )
}
