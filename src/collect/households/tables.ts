import { factTable } from '../../platform/stores/facts/tables.ts'

export const householdMembers = factTable({
  name: 'household_members',
  comment: 'People who live together: a second level over customers that never makes one of two',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    household_id: 'UInt64',
    /** What the address shares beside itself with another member: surname | phone | both; room: a flat. */
    why: 'LowCardinality(String)',
  },
  orderBy: ['customer_id'],
  partitionBy: 'run_id',
})

export const organisationPeople = factTable({
  name: 'organisation_people',
  comment: 'People who work for an organisation or speak for it',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64', // the person
    organisation_id: 'UInt64',
    relation: 'LowCardinality(String)', // contact | works
    why: 'Array(String)', // contact | code | domain, and for contacts what else agrees: phone, email, address
  },
  orderBy: ['customer_id', 'organisation_id'],
  partitionBy: 'run_id',
})
