/**
 * Who works for an organisation, or speaks for it. A contact person is found by name and something else that agrees
 * (telephone, mailbox, address); staff by the organisation's code on their own record, or by a mail domain that is this
 * organisation's alone.
 */
import type { StepContext } from '../../platform/app.ts'
import { FREE_MAIL } from './free-mail.ts'

const LINK = `
INSERT INTO organisation_people (run_id, customer_id, organisation_id, relation, why)
WITH
  linked AS (
    SELECT links.customer_id AS customer_id, records.kind AS kind, full_name, name_pinyin, contact_person, org_code, mobile, mobile2, landline,
           email, replaceAll(postcode, ' ', '') AS code, street, lower(splitByChar('@', email)[2]) AS domain
    FROM (SELECT * FROM current_records WHERE run_id = {run_id:UInt64}) AS records
    INNER JOIN (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {run_id:UInt64}) AS links USING (source, row_key)
  ),
  organisations AS (SELECT * FROM linked WHERE kind = 'organisation'),
  people AS (SELECT * FROM linked WHERE kind != 'organisation'),
  -- The name decides who is compared; it alone proves nothing.
  contacts AS (
    SELECT people.customer_id AS person, organisations.customer_id AS organisation,
           hasAny(arrayFilter(n -> n != '', [people.mobile, people.mobile2, people.landline]),
                  [organisations.mobile, organisations.mobile2, organisations.landline]) AS phone,
           people.email != '' AND people.email = organisations.email AS mailbox,
           people.street != '' AND people.street = organisations.street AND people.code = organisations.code AS address
    FROM (SELECT * FROM organisations WHERE contact_person != '') AS organisations
    INNER JOIN people ON people.full_name = organisations.contact_person
    WHERE phone OR mailbox OR address
  ),
  codes AS (
    SELECT people.customer_id AS person, organisations.customer_id AS organisation
    FROM (SELECT DISTINCT customer_id, org_code FROM people WHERE org_code != '') AS people
    INNER JOIN (SELECT DISTINCT customer_id, org_code FROM organisations WHERE org_code != '') AS organisations USING (org_code)
  ),
  own_domains AS (
    SELECT domain, any(customer_id) AS organisation FROM organisations WHERE domain != '' AND domain NOT IN {free:Array(String)}
    GROUP BY domain HAVING uniqExact(customer_id) = 1
  ),
  domains AS (
    SELECT people.customer_id AS person, organisation
    FROM (SELECT DISTINCT customer_id, domain FROM people WHERE domain != '') AS people INNER JOIN own_domains USING (domain)
  ),
  signs AS (
    SELECT person, organisation, arrayFilter(s -> s != '', ['contact', if(phone, 'phone', ''), if(mailbox, 'email', ''), if(address, 'address', '')]) AS why FROM contacts
    UNION ALL SELECT person, organisation, ['code'] FROM codes
    UNION ALL SELECT person, organisation, ['domain'] FROM domains
  )
SELECT {run_id:UInt64}, person, organisation, if(has(arrayFlatten(groupArray(why)) AS all, 'contact'), 'contact', 'works'), arraySort(arrayDistinct(all))
FROM signs GROUP BY person, organisation`

/** Returns how many people are linked to an organisation. */
export async function linkOrganisations({ app, runId }: Pick<StepContext, 'app' | 'runId'>): Promise<number> {
  await app.facts.exec(LINK, { run_id: runId, free: FREE_MAIL })
  const { people } = await app.facts.one<{ people: number }>(
    'SELECT uniqExact(customer_id) AS people FROM organisation_people WHERE run_id = {run_id:UInt64}',
    { run_id: runId },
  )
  return people
}
