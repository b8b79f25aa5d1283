import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { stages } from './loop.ts'
import { PERSONAL_COLUMNS, personalData } from './platform/personal-data.ts'
import { freshWorkflow, migrateWorkflow } from './platform/stores/workflow/index.ts'
import { platformMigrations } from './platform/tables.ts'

/** Tables of the workflow store whose suspicious columns hold nothing of customers. */
const NOT_OF_CUSTOMERS = new Set([
  'huiyin_migration',
  'offers', // body of an offer
  'delivery_settings', // value: how the company sends
  'case_settings', // value: categories, deadlines and working hours
  'surveys', // body: the questions
  'delivery_notices', // key: which channel's trouble it is
  'run_counts', // value: a count
  'feature_runs', // notes: how many rows were odd, with examples by invoice and customer number
])

const declared = (store: 'facts' | 'workflow'): Set<string> =>
  new Set(
    personalData().flatMap(({ tables }) => tables.filter(table => table.store === store).map(({ table }) => table)),
  )

test('every facts table with a personal column is declared, and no declaration names a table that is not there', () => {
  const tables = stages.flatMap(stage => stage.factTables)
  const names = declared('facts')
  for (const { name, columns } of tables) {
    const personal = Object.keys(columns).filter(column => PERSONAL_COLUMNS.test(column))
    // `value` of figures is a number; a text may be anything.
    const telling = personal.filter(column => column !== 'value' || /String/.test(columns[column]!))
    if (telling.length > 0)
      assert.ok(
        names.has(name),
        `facts table ${name} (${telling.join(', ')}): declare it in its stage's personal-data.ts`,
      )
  }
  for (const name of names)
    assert.ok(
      tables.some(table => table.name === name),
      `there is no facts table ${name}`,
    )
})

test('every workflow table with a personal column is declared', async () => {
  const workflow = await freshWorkflow()
  try {
    await migrateWorkflow(
      workflow,
      Object.assign({}, platformMigrations, ...stages.map(stage => stage.workflowMigrations)),
    )
    const { rows } = await sql<{ table: string; columns: string[]; types: string[] }>`
      SELECT table_name AS table, array_agg(column_name::text) AS columns, array_agg(data_type::text) AS types
      FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name`.execute(workflow.db)
    const names = declared('workflow')
    for (const { table, columns, types } of rows) {
      const telling = columns.filter(
        (column, at) => PERSONAL_COLUMNS.test(column) && !(column === 'value' && !/text|json/.test(types[at]!)),
      )
      if (telling.length > 0 && !NOT_OF_CUSTOMERS.has(table))
        assert.ok(
          names.has(table),
          `workflow table ${table} (${telling.join(', ')}): declare it in its stage's personal-data.ts`,
        )
    }
    for (const name of names)
      assert.ok(
        rows.some(row => row.table === name),
        `there is no workflow table ${name}`,
      )
  } finally {
    await workflow.close()
  }
})
