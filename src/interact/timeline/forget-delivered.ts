/** What is past its retention goes from where this house delivered it, too: the customer's inbox in the portal. */
import { whenPastRetention } from '../../personalize/index.ts'

whenPastRetention(async (app, ids) => {
  for (let from = 0; from < ids.length; from += 1000)
    await app.workflow.db
      .deleteFrom('portal_messages')
      .where('communication_id', 'in', ids.slice(from, from + 1000))
      .execute()
})
