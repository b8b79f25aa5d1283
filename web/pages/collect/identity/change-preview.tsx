import type { ChangePreview } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'

/** Golden values before and after; what changes stands out. */
export function ChangePreviewTable({ preview }: { preview: ChangePreview }) {
  const { t, term } = useText()
  const shown = (field: string, value: string): string =>
    ['gender', 'language', 'country'].includes(field) && value !== '' ? term(field, value) : value
  return (
    <table className="pair-sides">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{t('quality.field')}</span>
          </th>
          <th scope="col">{t('identity.before')}</th>
          <th scope="col">{t('identity.after')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('identity.customers')}</th>
          <td />
          <td>
            {preview.customers.map(customer => (
              <span key={customer.customerId} className="block">
                {customer.name || t('customer.nameless')}{' '}
                <span className="small muted">
                  {customer.customerId === 0
                    ? t('identity.new-customer', { count: customer.records })
                    : t('identity.of-customer', { id: customer.customerId, count: customer.records })}
                </span>
              </span>
            ))}
          </td>
        </tr>
        {preview.fields.map(({ field, before, after }) => {
          const changed = new Set([...before, ...after]).size > 1
          return (
            <tr key={field} className={changed ? 'differs' : 'agrees'}>
              <th scope="row">{term('field', field)}</th>
              <Values values={before.map(value => shown(field, value))} />
              <Values values={after.map(value => shown(field, value))} />
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** One line for each customer. */
const Values = ({ values }: { values: readonly string[] }) => (
  <td className="verse">{values.map(value => value || '–').join('\n')}</td>
)
