/** What agents can do and where their telephone stands. Without a row an agent takes every call. */
import type { Selectable } from 'kysely'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { deskErrors } from './errors.ts'
import type { Store } from './task-table.ts'

export type Agent = Omit<Selectable<WorkflowSchema['desk_agents']>, 'since' | 'seen_at'>

export async function agentOf({ workflow }: Store, userId: number): Promise<Agent> {
  const row = await workflow.db.selectFrom('desk_agents').selectAll().where('user_id', '=', userId).executeTakeFirst()
  return row ?? { user_id: userId, skills: [], languages: [], extension: '', state: 'ready' }
}

export async function saveAgent({ workflow }: Store, agent: Agent): Promise<void> {
  const now = new Date()
  const { user_id, ...rest } = agent
  await workflow.db
    .insertInto('desk_agents')
    .values({ ...agent, since: now, seen_at: now })
    .onConflict(conflict =>
      conflict.column('user_id').doUpdateSet(({ ref }) => ({
        ...rest,
        seen_at: now,
        since: ref('desk_agents.since'),
      })),
    )
    .execute()
}

/** On a break or back: how long it lasts is counted from here. */
export async function setAgentState(app: Store, userId: number, state: Agent['state']): Promise<void> {
  const before = await agentOf(app, userId)
  await saveAgent(app, { ...before, state })
  if (before.state !== state)
    await app.workflow.db.updateTable('desk_agents').set({ since: new Date() }).where('user_id', '=', userId).execute()
}

/** By what a telephone system knows: the agent's line, or the login. */
export async function agentNamed({ workflow }: Store, name: string): Promise<number> {
  const line = await workflow.db
    .selectFrom('desk_agents')
    .select('user_id')
    .where('extension', '=', name)
    .where('extension', '!=', '')
    .executeTakeFirst()
  if (line) return line.user_id
  const user = await workflow.db.selectFrom('users').select('id').where('login', '=', name).executeTakeFirst()
  if (!user) throw deskErrors['desk.no-agent']({ agent: name })
  return user.id
}
