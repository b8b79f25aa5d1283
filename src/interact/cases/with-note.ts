import type { Selectable } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { WorkflowSchema, WorkflowTransaction } from '../../platform/stores/workflow/index.ts'
import { caseErrors } from './errors.ts'

export type Case = Selectable<WorkflowSchema['cases']>

interface Changed {
  what: string
  text: string
}

/** Locks the case, changes it and writes the note; a resolved one is refused unless `resolved` allows it. */
export async function change(
  app: App,
  caseId: number,
  userId: number | null,
  work: (row: Case, tx: WorkflowTransaction) => Promise<Changed | null>,
  resolved = false,
): Promise<Case> {
  return app.workflow.transaction(async tx => {
    const row = await tx.selectFrom('cases').selectAll().where('case_id', '=', caseId).forUpdate().executeTakeFirst()
    if (!row) throw caseErrors['cases.missing']({ id: String(caseId) })
    if (row.state === 'resolved' && !resolved) throw caseErrors['cases.resolved']({ id: caseId })
    const changed = await work(row, tx)
    if (!changed) return row
    const { what, text } = changed
    await tx
      .insertInto('case_notes')
      .values({ case_id: caseId, at: new Date(), user_id: userId, what, text: text.slice(0, 20_000) })
      .execute()
    return tx
      .updateTable('cases')
      .set({ updated_at: new Date() })
      .where('case_id', '=', caseId)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

export const set = (tx: WorkflowTransaction, caseId: number, values: Partial<Case>) =>
  tx.updateTable('cases').set(values).where('case_id', '=', caseId).execute()
