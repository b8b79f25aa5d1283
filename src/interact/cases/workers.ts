/** Who may work a case: of its category those with the skill it asks for, as agents have them at the desk; where nobody has it, everybody. */
import type { App } from '../../platform/app.ts'
import { peopleWho } from '../../platform/auth/users.ts'
import { caseSettings } from './settings.ts'

export async function workersOf(app: App, category = ''): Promise<{ userId: number; name: string }[]> {
  const [people, { categories }] = await Promise.all([peopleWho(app, 'cases.work'), caseSettings(app)])
  const skill = categories.find(({ code }) => code === category)?.skill ?? ''
  if (skill === '') return people
  const agents = await app.workflow.db.selectFrom('desk_agents').select(['user_id', 'skills']).execute()
  const able = new Set(agents.flatMap(({ user_id, skills }) => (skills.includes(skill) ? user_id : [])))
  const skilled = people.filter(({ userId }) => able.has(userId))
  return skilled.length > 0 ? skilled : people
}
