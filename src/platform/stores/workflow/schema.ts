import type { Generated } from 'kysely'
import type { Instant } from './types.ts'

/**
 * The tables of the workflow store. Each stage declares its own by module augmentation, in its `tables.ts`:
 *
 *     import type { Generated } from 'kysely'
 *     import type { Instant } from '../platform/stores/workflow/index.ts'
 *
 *     interface UsersTable { id: string; name: string; roles: string[]; created_at: Instant }
 *
 *     declare module '../platform/stores/workflow/schema.ts' {
 *       interface WorkflowSchema { users: UsersTable }
 *     }
 *
 * (the path is the relative one from that file to this). Nothing of it is left at run time; the tables themselves are made
 * by the stage's migrations, see `migrate.ts`.
 */
export interface WorkflowSchema {
  /** What has been migrated; owned by `migrate.ts`. */
  huiyin_migration: { name: string; position: number; applied_at: Generated<Instant> }
}
