/** Whom a late case is told: its owner, or whoever may take it; from the second time on those who answer for cases as well. */
import type { App } from '../../platform/app.ts'
import { peopleWho } from '../../platform/auth/users.ts'
import { tellStaff } from '../staff-notices/notices.ts'
import { workersOf } from './workers.ts'

export interface Late {
  caseId: number
  category: string
  owner: number | null
  level: number
}

/** One notice a person and look, however many are late: a morning after holidays is no hundred of them. */
export async function tellLate(app: App, late: readonly Late[], now: Date): Promise<void> {
  if (late.length === 0) return
  const heads = await peopleWho(app, 'cases.manage')
  const told = new Map<number, Late[]>()
  for (const one of late) {
    const takers = one.owner === null ? await workersOf(app, one.category) : [{ userId: one.owner }]
    for (const userId of new Set([...takers, ...(one.level > 1 ? heads : [])].map(person => person.userId)))
      told.set(userId, [...(told.get(userId) ?? []), one])
  }
  for (const [userId, theirs] of told) {
    const [first] = theirs
    const numbers = theirs.slice(0, MOST_NAMED).map(({ caseId }) => caseId)
    const more = theirs.length > numbers.length ? ' …' : ''
    await tellStaff(app, [userId], {
      about: `cases-late:${now.toISOString()}`,
      title: {
        en: theirs.length === 1 ? 'A case is late' : `${theirs.length} cases are late`,
        zh: theirs.length === 1 ? '工单超时' : `${theirs.length} 件工单超时`,
      },
      says: {
        en: `No. ${numbers.join(', ')}${more}: past the deadline, step ${highest(theirs)}.`,
        zh: `第 ${numbers.join('、')} 号${more}：已过期限，升级至第 ${highest(theirs)} 级。`,
      },
      path: theirs.length === 1 ? `/cases/${first!.caseId}` : '/cases?late=true',
    })
  }
}

const MOST_NAMED = 10
const highest = (late: readonly Late[]): number => Math.max(...late.map(({ level }) => level))
