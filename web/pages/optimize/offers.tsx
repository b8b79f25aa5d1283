import { useGet } from '../../api/queries.ts'
import type { OfferList } from '../../api/types.ts'
import { useCurrency } from '../../api/use-currency.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, Panel } from '../../kit/index.ts'

/** What can be proposed, to whom, and what it brings. */
export function Offers() {
  const { t, say, term, money } = useText()
  const offers = useGet<OfferList>('/offers')
  const currency = useCurrency()
  return (
    <Async query={offers} lines={10}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Panel>
            <Blank title={t('offers.none')} />
          </Panel>
        ) : (
          <div className="columns">
            {rows.map(offer => (
              <Panel
                key={offer.id}
                title={say(offer.name)}
                note={<span className="mono">{offer.id}</span>}
                extra={<Chip tone="accent">{term('offer-kind', offer.kind)}</Chip>}
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
                  </dl>
                </div>
              </Panel>
            ))}
          </div>
        )
      }
    </Async>
  )
}
