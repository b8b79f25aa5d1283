import { Link } from 'react-router'
import { useGet } from '../../api/queries.ts'
import type { CustomerRelations } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Panel } from '../../kit/index.ts'

/** Whom the customer lives with, works for, or is worked for by; nothing is shown where nothing is known. */
export function CustomerRelationsPanel({ id }: { id: number }) {
  const { t } = useText()
  const { data } = useGet<CustomerRelations>(`/customers/${id}/relations`)
  if (!data || (!data.household && data.organisations.length === 0 && data.people.length === 0)) return null
  const { household, organisations, people } = data
  return (
    <Panel title={t('relations.title')} note={t('relations.note')}>
      <div className="stack">
        {household ? (
          <RelationList
            title={t('relations.household', { count: household.members.length + 1 })}
            rows={household.members.map(member => ({ ...member, said: t(`relations.why-${member.why[0] as 'both'}`) }))}
          />
        ) : null}
        {organisations.length > 0 ? (
          <RelationList
            title={t('relations.works-for')}
            rows={organisations.map(row => ({
              ...row,
              said: `${t(`relations.${row.relation}`)} · ${row.why.map(why => t(`relations.sign-${why as 'code'}`)).join(', ')}`,
            }))}
          />
        ) : null}
        {people.length > 0 ? (
          <RelationList
            title={t('relations.people')}
            rows={people.map(row => ({
              ...row,
              said: `${t(`relations.${row.relation}`)} · ${row.why.map(why => t(`relations.sign-${why as 'code'}`)).join(', ')}`,
            }))}
          />
        ) : null}
      </div>
    </Panel>
  )
}

function RelationList({
  title,
  rows,
}: {
  title: string
  rows: readonly { customerId: number; name: string; said: string }[]
}) {
  const { t } = useText()
  return (
    <section>
      <h3 className="small muted">{title}</h3>
      <ul>
        {rows.map(row => (
          <li key={row.customerId} className="row apart">
            <Link to={`/customers/${row.customerId}`}>{row.name || t('customer.nameless')}</Link>
            <span className="small muted">{row.said}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
