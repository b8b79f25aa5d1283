import { factTable } from '../platform/stores/facts/tables.ts'
import { scenarioTables } from './scenarios/tables.ts'

export const controlMembers = factTable({
  name: 'control_members',
  comment: 'Customers who get no offer this turn, drawn by salted hash; service and legal mail still reach them',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    // what the plan would have given them; '' for nothing: those who are compared with the customers planned
    offer: 'LowCardinality(String)',
    channel: 'LowCardinality(String)',
    product_code: 'String',
    value_minor: 'Float64',
    acceptance: 'Float32',
    cost_minor: 'Float64',
    wave: 'UInt16 DEFAULT 1',
  },
  orderBy: ['customer_id'],
  partitionBy: 'run_id',
})

export const planAssignments = factTable({
  name: 'plan_assignments',
  comment: "Which offer by which channel to whom; at most the contact policy's number of rows per customer",
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    offer: 'LowCardinality(String)',
    channel: 'LowCardinality(String)', // email|sms|call|letter|bill
    product_code: 'String', // what the offer is about, when it is about a product
    value_minor: 'Float64',
    acceptance: 'Float32',
    cost_minor: 'Float64',
    next_best: 'String', // JSON: the best option it beat and by how much
    wave: 'UInt16 DEFAULT 1', // dated part of the plan
    basis: "LowCardinality(String) DEFAULT 'prior'", // what the acceptance is believed from: prior | history
  },
  orderBy: ['customer_id', 'offer', 'channel'],
  partitionBy: 'run_id',
})

export const planNotices = factTable({
  name: 'plan_notices',
  comment:
    'Legal mail that a plan sends before any offer: to whom and by which channel; no cap and no control group holds it back',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    notice: 'LowCardinality(String)',
    channel: 'LowCardinality(String)', // letter|email
  },
  orderBy: ['customer_id', 'notice'],
  partitionBy: 'run_id',
})

/** Read and dropped within the step. */
export const planChoices = factTable({
  name: 'plan_choices',
  comment: 'What the solver chose, as numbers, on its way into plan_assignments and control_members',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    control: 'UInt8',
    offer_no: 'UInt16',
    channel_no: 'UInt8',
    wave: 'UInt8',
    history: 'UInt8',
    value: 'Float32',
    acceptance: 'Float32',
    next_offer: 'UInt16',
    next_channel: 'UInt8',
    next_value: 'Float32',
  },
  orderBy: ['customer_id'],
  partitionBy: 'run_id',
})

export const factTables = [controlMembers, planAssignments, planNotices, planChoices, ...scenarioTables]
