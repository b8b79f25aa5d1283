import type { CustomerDetail } from '../../api/types.ts'
import type { Lang } from '../../i18n/lang.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, Panel } from '../../kit/index.ts'
import { Consents } from './consents.tsx'
import { GoldenFieldRow } from './golden-field.tsx'

/** What we believe of the customer, and why. */
export function CustomerProfile({ customer }: { customer: CustomerDetail }) {
  const { t, term, day, lang } = useText()
  const fields = customer.fields.filter(field => field.value !== '' || field.masked)
  return (
    <aside className="stack customer-aside">
      <Panel title={t('profile.title')} note={t('profile.note')}>
        {fields.length === 0 ? <Blank title={t('profile.none')} /> : null}
        <dl className="golden">
          {fields.map(field => (
            <GoldenFieldRow key={field.field} customerId={customer.customerId} field={field} />
          ))}
        </dl>
      </Panel>
      <Panel title={t('consent.title')}>
        <Consents id={customer.customerId} consents={customer.consents} />
      </Panel>
      {customer.attributes.length > 0 ? (
        <Panel title={t('attributes.title')} note={t('attributes.note')}>
          <dl className="pairs">
            {attributesIn(customer.attributes, lang).map(attribute => (
              <AttributeRow
                key={`${attribute.name} ${attribute.source}`}
                name={term('attribute', attribute.name)}
                value={attribute.value
                  .split(';')
                  .map(value => term('attribute-value', value))
                  .join(', ')}
                from={`${term('source', attribute.source)} · ${day(attribute.at)}`}
              />
            ))}
          </dl>
        </Panel>
      ) : null}
    </aside>
  )
}

/** `region_name_en` and `region_name_zh` are one attribute, in the reader's language. */
function attributesIn(attributes: CustomerDetail['attributes'], lang: Lang): CustomerDetail['attributes'] {
  const [own, other] = lang === 'zh-CN' ? ['_zh', '_en'] : ['_en', '_zh']
  return attributes
    .filter(attribute => !attribute.name.endsWith(other))
    .map(attribute => (attribute.name.endsWith(own) ? { ...attribute, name: attribute.name.slice(0, -3) } : attribute))
}

function AttributeRow({ name, value, from }: { name: string; value: string; from: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd title={from}>{value}</dd>
    </>
  )
}
