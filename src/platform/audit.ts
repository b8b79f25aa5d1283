import type { App } from './app.ts'
import { asJson } from './stores/workflow/index.ts'

export interface AuditEntry {
  userId: number
  /** What was done: `customer.unmask`, `campaign.approve`. */
  action: string
  /** To what, by id, never by name: `customer/17`. */
  object: string
  detail?: Record<string, unknown>
}

/** Append-only: who did what to which object. Nothing personal belongs in `detail`. */
export async function audit(app: Pick<App, 'workflow'>, entry: AuditEntry): Promise<void> {
  await app.workflow.db
    .insertInto('audit')
    .values({
      at: new Date(),
      user_id: entry.userId,
      action: entry.action,
      object: entry.object,
      detail: asJson(entry.detail ?? {}),
    })
    .execute()
}
