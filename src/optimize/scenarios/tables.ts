import { factTable } from '../../platform/stores/facts/tables.ts'

/**
 * What a plan was solved from, option by option in the solver's order. Contact history and consents go on after a plan is
 * made, so its options could not be made again: they are kept, and a scenario or a repetition starts from the very same.
 */
export const planOptions = factTable({
  name: 'plan_options',
  comment: 'Options a plan was solved from, in the order of the solver; kept for the newest plans',
  columns: {
    run_id: 'UInt64',
    row_no: 'UInt32',
    customer_id: 'UInt64',
    cap: 'UInt8', // options the customer may get; 0: control group
    code: 'UInt32',
    value: 'Float32',
    acceptance: 'Float32',
    chosen: 'UInt8',
  },
  orderBy: ['row_no'],
  partitionBy: 'run_id',
})

/** Rows of a scenario carry the number of its solve, counted apart from the runs of turns. */
export const scenarioChoices = factTable({
  name: 'scenario_choices',
  comment: 'What a saved scenario gives to whom',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    control: 'UInt8', // 1: of the control group, what it would have got
    offer: 'LowCardinality(String)',
    channel: 'LowCardinality(String)',
    value_minor: 'Float64',
    acceptance: 'Float32',
    cost_minor: 'Float64',
    next_best: 'String', // as in plan_assignments
    wave: 'UInt16 DEFAULT 1',
    basis: "LowCardinality(String) DEFAULT 'prior'",
  },
  orderBy: ['customer_id'],
  partitionBy: 'run_id',
})

export const scenarioTables = [planOptions, scenarioChoices]
