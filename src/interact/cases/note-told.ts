import type { App } from '../../platform/app.ts'
import { caseErrors } from './errors.ts'
import { type Case, change, set } from './with-note.ts'

/** The customer knows how it ended: by which letter, call or message. */
export const noteTold = (app: App, caseId: number, userId: number | null, how: string): Promise<Case> =>
  change(
    app,
    caseId,
    userId,
    async (row, tx) => {
      if (row.state !== 'resolved') throw caseErrors['cases.not-resolved']({ id: caseId })
      await set(tx, caseId, { told_at: new Date(), told_how: how.slice(0, 200) })
      return { what: 'told', text: how }
    },
    true,
  )

/** That it is here, under which number and until when: written down once. */
export const noteReceipt = (app: App, caseId: number, channel: string): Promise<Case> =>
  change(
    app,
    caseId,
    null,
    async (_, tx) => {
      const [known] = await tx
        .selectFrom('case_notes')
        .select('note_id')
        .where('case_id', '=', caseId)
        .where('what', '=', 'receipt')
        .execute()
      return known ? null : { what: 'receipt', text: channel }
    },
    true,
  )
