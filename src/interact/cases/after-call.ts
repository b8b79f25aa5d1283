import type { AfterCall } from '../tasks/after-calls.ts'
import { openCase } from './open-case.ts'

/** A call that ended with a complaint opens a case about what was called for, in the agent's words. */
export const complaintOpensCase: AfterCall = async (app, { task, outcome, userId, eventId }) => {
  if (outcome.outcome !== 'complaint' || task.customer_id === 0) return []
  const { caseId } = await openCase(app, {
    customerId: task.customer_id,
    kind: 'complaint',
    words: outcome.note || (task.subject?.reason ?? task.subject?.title.en ?? task.offer) || '–',
    language: task.language,
    communicationId: task.kind === 'campaign' ? task.task_id : '',
    source: 'desk',
    sourceKey: `call:${eventId}`,
    // The outcome wrote the complaint itself.
    recorded: true,
    userId,
  })
  return [{ what: 'case', caseId, customerId: task.customer_id, eventId: `complaint:${outcome.id}` }]
}
