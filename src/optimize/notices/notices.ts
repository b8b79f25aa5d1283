import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { type Notice, noticeSchema } from './notice.ts'

/** All notices in their order. */
export async function notices(app: Pick<App, 'workflow'>): Promise<Notice[]> {
  const rows = await app.workflow.db.selectFrom('notices').select('body').orderBy('position').execute()
  return rows.map(row => noticeSchema.parse(row.body))
}

/** Those that turns of that day send. */
export const noticesOn = (all: readonly Notice[], day: string): Notice[] =>
  all.filter(n => n.from <= day && (n.until === null || n.until >= day))

export async function saveNotices(app: Pick<App, 'workflow'>, all: readonly Notice[]): Promise<void> {
  await app.workflow.transaction(async tx => {
    await tx.deleteFrom('notices').execute()
    if (all.length > 0)
      await tx
        .insertInto('notices')
        .values(all.map((notice, position) => ({ id: notice.id, position, body: asJson<unknown>(notice) })))
        .execute()
  })
}
