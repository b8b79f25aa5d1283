/** The face of the workflow store: Kysely over PGlite (embedded) or PostgreSQL (HUIYIN_POSTGRES_URL). */
export { freshWorkflow, freshWorkflowFolder } from './fresh.ts'
export { type Migration, type Migrations, migrateWorkflow } from './migrate.ts'
export { openWorkflow, restoreWorkflow, type WorkflowConfig, workflowFolder } from './open.ts'
export type { WorkflowSchema } from './schema.ts'
export { asJson, type Instant, type Int8, type JsonColumn } from './types.ts'
export type { Workflow, WorkflowTransaction } from './workflow.ts'
