/** What a customer is told of a case: that it is here, with number and deadline, and what was done. */
import type { App } from '../../platform/app.ts'
import type { NoticeKind } from '../tell-customer/notice.ts'
import { noteReceipt, noteTold } from './note-told.ts'
import { caseSettings } from './settings.ts'
import type { Case } from './with-note.ts'

const caseOf = ({ workflow }: App, caseId: number): Promise<Case | undefined> =>
  workflow.db.selectFrom('cases').selectAll().where('case_id', '=', caseId).executeTakeFirst()

/** Subject: the number of the case. */
export const caseOpened: NoticeKind = {
  async read(app, subject) {
    const row = await caseOf(app, Number(subject))
    // Resolved before the receipt went: the end says it all.
    if (!row || row.customer_id === 0 || row.state === 'resolved') return null
    const { hours } = await caseSettings(app)
    return {
      path: `/portal/cases/${row.case_id}`,
      language: row.language,
      values: words => ({
        number: String(row.case_id),
        kind: words.say(`notice.kind.${row.kind}`),
        due: words.moment(row.due_at, hours.zone),
      }),
    }
  },
  async told(app, subject, channel) {
    await noteReceipt(app, Number(subject), channel)
  },
}

/** Subject: its number and the moment it was resolved, since one that is opened again ends again. */
export const resolvedSubject = (row: Pick<Case, 'case_id' | 'resolved_at'>): string =>
  `${row.case_id}:${row.resolved_at?.getTime() ?? 0}`

export const caseResolved: NoticeKind = {
  async read(app, subject) {
    const row = await caseOf(app, Number(subject.split(':')[0]))
    if (!row || row.customer_id === 0 || row.state !== 'resolved' || resolvedSubject(row) !== subject) return null
    // A colleague has told already, on the telephone.
    if (row.told_at !== null) return null
    return {
      path: `/portal/cases/${row.case_id}`,
      language: row.language,
      values: words => ({
        number: String(row.case_id),
        kind: words.say(`notice.kind.${row.kind}`),
        resolution: row.resolution,
      }),
    }
  },
  async told(app, subject, channel) {
    const caseId = Number(subject.split(':')[0])
    const row = await caseOf(app, caseId)
    if (row?.told_at === null && resolvedSubject(row) === subject) await noteTold(app, caseId, null, channel)
  },
}
