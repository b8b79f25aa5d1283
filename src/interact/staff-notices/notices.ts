import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'

type Store = Pick<App, 'workflow'>

export interface StaffNotice {
  /** Told twice to somebody, it is one. */
  about: string
  title: Text
  says: Text
  path: string
}

export async function tellStaff({ workflow }: Store, userIds: readonly number[], notice: StaffNotice): Promise<void> {
  const { about, path } = notice
  const rows = [...new Set(userIds)].map(user_id => ({
    user_id,
    about,
    path,
    title: asJson(notice.title),
    says: asJson(notice.says),
    at: new Date(),
    seen_at: null,
  }))
  if (rows.length === 0) return
  await workflow.db
    .insertInto('staff_notices')
    .values(rows)
    .onConflict(conflict => conflict.columns(['user_id', 'about']).doNothing())
    .execute()
}

const MOST = 50

/** What somebody has not seen yet first, then the newest. */
export async function noticesOf({ workflow }: Store, userId: number) {
  const { db } = workflow
  const [rows, unseen] = await Promise.all([
    db
      .selectFrom('staff_notices')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy(eb => eb('seen_at', 'is not', null))
      .orderBy('at', 'desc')
      .orderBy('notice_id', 'desc')
      .limit(MOST)
      .execute(),
    db
      .selectFrom('staff_notices')
      .select(eb => eb.fn.countAll<number>().as('count'))
      .where('user_id', '=', userId)
      .where('seen_at', 'is', null)
      .executeTakeFirstOrThrow(),
  ])
  return {
    unseen: Number(unseen.count),
    rows: rows.map(({ notice_id, title, says, path, at, seen_at }) => ({
      noticeId: notice_id,
      title,
      says,
      path,
      at: at.toISOString(),
      seen: seen_at !== null,
    })),
  }
}

/** One's own alone; without a number all of them. */
export async function noticesSeen({ workflow }: Store, userId: number, noticeId: number | null): Promise<void> {
  await workflow.db
    .updateTable('staff_notices')
    .set({ seen_at: new Date() })
    .where('user_id', '=', userId)
    .where('seen_at', 'is', null)
    .$if(noticeId !== null, query => query.where('notice_id', '=', noticeId!))
    .execute()
}
