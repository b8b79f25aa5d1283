import { EditOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import type { OfferList } from '../../api/types.ts'
import { useCurrency } from '../../api/use-currency.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, Panel } from '../../kit/index.ts'
import { OfferForm } from './offer-form.tsx'

/** What can be proposed, to whom, and what it brings. */
export function Offers() {
  const { t, say, term, money, number } = useText()
  const may = useMay()
  const [editing, setEditing] = useState<string | null>(null)
  const offers = useGet<OfferList>('/offers')
  const currency = useCurrency()
  return (
    <Async query={offers} lines={10}>
      {({ rows, channels }) =>
        rows.length === 0 ? (
          <Panel>
            <Blank title={t('offers.none')} />
          </Panel>
        ) : (
          <>
            <div className="columns">
              {rows.map(offer => (
                <Panel
                  key={offer.id}
                  title={say(offer.name)}
                  note={<span className="mono">{offer.id}</span>}
                  extra={
                    <span className="row tight">
                      <Chip tone="accent">{term('offer-kind', offer.kind)}</Chip>
                      {may('plan.write') ? (
                        <Button
                          size="small"
                          icon={<EditOutlined />}
                          aria-label={`${t('offers.edit')}: ${say(offer.name)}`}
                          onClick={() => setEditing(offer.id)}
                        />
                      ) : null}
                    </span>
                  }
                >
                  <div className="stack tight">
                    <p>{say(offer.text)}</p>
                    <dl className="pairs">
                      <dt>{t('offers.who')}</dt>
                      <dd>{say(offer.rule)}</dd>
                      <dt>{t('offers.channels')}</dt>
                      <dd className="row tight">
                        {offer.channels.map(channel => (
                          <Chip key={channel}>{term('channel', channel)}</Chip>
                        ))}
                      </dd>
                      <dt>{t('offers.margin')}</dt>
                      <dd>{money(offer.marginMinor, currency)}</dd>
                      <dt>{t('offers.cost')}</dt>
                      <dd>{money(offer.costMinor, currency)}</dd>
                      <dt>{t('offers.volume')}</dt>
                      <dd>
                        {t('offers.from-to', {
                          from: number(offer.numbers.minimum),
                          to: offer.numbers.maximum === null ? t('policy.unlimited') : number(offer.numbers.maximum),
                        })}
                      </dd>
                    </dl>
                  </div>
                </Panel>
              ))}
            </div>
            {rows
              .filter(offer => offer.id === editing)
              .map(offer => (
                <OfferForm
                  key={offer.id}
                  offer={offer}
                  channels={channels}
                  currency={currency}
                  onClose={() => setEditing(null)}
                />
              ))}
          </>
        )
      }
    </Async>
  )
}
