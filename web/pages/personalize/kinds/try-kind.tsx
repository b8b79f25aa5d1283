import { useState } from 'react'
import type { KindRow, WayAnswer } from '../../../../src/personalize/kinds/api.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Field, InputNumber, Panel, Select } from '../../../kit/index.ts'
import { Reasons } from './reasons.tsx'

/** One kind and one customer: which way it would go today, and why. */
export function TryKind({ kinds }: { kinds: KindRow[] }) {
  const { t, say } = useText()
  const [kind, setKind] = useState(kinds[0]?.code ?? '')
  const [customer, setCustomer] = useState<number | null>(null)
  const [asked, setAsked] = useState<{ kind: string; customer: number } | null>(null)
  const ask = () => {
    if (customer !== null) setAsked({ kind, customer })
  }
  return (
    <Panel title={t('kinds.try')} note={t('kinds.try-lead')}>
      <div className="stack">
        <div className="row" style={{ alignItems: 'flex-end' }}>
          <Field label={t('kinds.kind')}>
            {id => (
              <Select
                id={id}
                value={kind}
                style={{ minWidth: 180 }}
                options={kinds.map(({ code, name }) => ({ value: code, label: say(name) }))}
                onChange={setKind}
              />
            )}
          </Field>
          <Field label={t('kinds.customer')}>
            {id => (
              <InputNumber
                id={id}
                min={1}
                precision={0}
                controls={false}
                value={customer}
                onChange={setCustomer}
                onPressEnter={ask}
              />
            )}
          </Field>
          <Button disabled={customer === null} onClick={ask}>
            {t('kinds.try-ask')}
          </Button>
        </div>
        {asked ? <Answer key={`${asked.kind}/${asked.customer}`} {...asked} /> : null}
      </div>
    </Panel>
  )
}

function Answer({ kind, customer }: { kind: string; customer: number }) {
  const { t, term } = useText()
  const way = useGet<WayAnswer>(`/kinds/${kind}/way`, { query: { customer } })
  const names = (channels: string[]) => channels.map(channel => term('channel', channel)).join(' · ')
  return (
    <Async query={way} lines={3}>
      {({ channels, agreed, wish, reached, reasons }) => {
        const [first = '', copy] = channels
        return (
          <div className="stack">
            <div className="strong">
              {t('kinds.goes', { ways: term('channel', first) })}
              {copy ? ` ${t('kinds.and-copy', { channel: term('channel', copy) })}` : ''}
            </div>
            <Reasons reasons={reasons} />
            <dl className="pairs">
              <dt>{t('kinds.agreed')}</dt>
              <dd>{agreed.length > 0 ? names(agreed) : t('kinds.agreed-none')}</dd>
              <dt>{t('kinds.wish')}</dt>
              <dd>{wish === '' ? t('kinds.wish-none') : term('channel', wish)}</dd>
              <dt>{t('kinds.reached')}</dt>
              <dd>{names(reached)}</dd>
            </dl>
          </div>
        )
      }}
    </Async>
  )
}
