import { z } from 'zod'
import { offers } from '../../optimize/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import type { Text } from '../../platform/text.ts'
import { agentOf, saveAgent, setAgentState } from './agents.ts'
import * as api from './api.ts'
import { forgetGroups } from './claim.ts'
import { kindOf } from './kinds/index.ts'
import {
  boostTasks,
  type ListFigures,
  listsWithCounts,
  orderLists,
  pauseList,
  refillList,
  setListSkill,
} from './lists.ts'

const byList = z.object({ list: z.string().max(120) })
const tags = ['desk']

/** Lists of calls and who works them. */
export function listRoutes(http: Http, app: App): void {
  const work = { config: { permission: 'tasks.work' as const } }
  const manage = { config: { permission: 'tasks.manage' as const } }

  const shown = async () => {
    const [rows, known] = await Promise.all([listsWithCounts(app), offers(app).catch(() => [])])
    const offerNames = new Map(known.map(offer => [offer.id, offer.name]))
    // Calls that come in are nobody's to order or to pause.
    return { rows: rows.filter(row => row.kind !== 'inbound').map(row => listView(row, offerNames)) }
  }

  http.get(
    '/desk/lists',
    {
      config: { permission: 'tasks.lists' },
      schema: {
        tags,
        summary: 'Lists of calls, in the order in which they are worked',
        response: { 200: api.listList },
      },
    },
    shown,
  )

  http.put(
    '/desk/lists/order',
    {
      ...manage,
      schema: { tags, summary: 'Work the lists in this order', body: api.orderBody, response: { 200: api.listList } },
    },
    async req => {
      await orderLists(app, req.body.lists)
      forgetGroups(app)
      await audit(app, { userId: req.user.userId, action: 'desk.order', object: 'desk/lists', detail: req.body })
      return shown()
    },
  )

  http.put(
    '/desk/lists/:list',
    {
      ...manage,
      schema: {
        tags,
        summary: 'Pause a list, or say what its calls need',
        params: byList,
        body: api.listBody,
        response: { 200: api.listList },
      },
    },
    async req => {
      const { list } = req.params
      if (req.body.paused !== undefined) await pauseList(app, list, req.body.paused)
      if (req.body.skill !== undefined) await setListSkill(app, list, req.body.skill)
      forgetGroups(app)
      await audit(app, { userId: req.user.userId, action: 'desk.list', object: `desk/${list}`, detail: req.body })
      return shown()
    },
  )

  http.post(
    '/desk/lists/:list/refill',
    {
      ...manage,
      schema: {
        tags,
        summary: 'Take up what is new, and ring again those who did not answer',
        params: byList,
        body: api.refillBody,
        response: { 200: api.refillResult },
      },
    },
    async req => {
      const result = await refillList(app, req.params.list, req.body.unanswered)
      forgetGroups(app)
      await audit(app, {
        userId: req.user.userId,
        action: 'desk.refill',
        object: `desk/${req.params.list}`,
        detail: { ...req.body, ...result },
      })
      return result
    },
  )

  http.post(
    '/desk/tasks/boost',
    {
      ...manage,
      schema: {
        tags,
        summary: 'Put calls forward or back within their lists',
        body: api.boostBody,
        response: { 200: api.boostResult },
      },
    },
    async req => {
      const result = await boostTasks(app, req.body.tasks, req.body.boost)
      await audit(app, {
        userId: req.user.userId,
        action: 'desk.boost',
        object: 'desk/tasks',
        detail: { ...result, boost: req.body.boost },
      })
      return result
    },
  )

  http.get(
    '/desk/agents',
    { ...manage, schema: { tags, summary: 'Agents with their skills', response: { 200: api.agentList } } },
    async () => agentsView(app),
  )

  http.put(
    '/desk/agents/:user',
    {
      ...manage,
      schema: {
        tags,
        summary: 'What an agent can do',
        params: z.object({ user: z.coerce.number().int().positive() }),
        body: api.agentBody,
        response: { 200: api.agentList },
      },
    },
    async req => {
      await saveAgent(app, { ...(await agentOf(app, req.params.user)), ...req.body })
      await audit(app, {
        userId: req.user.userId,
        action: 'desk.agent',
        object: `user/${req.params.user}`,
        detail: req.body,
      })
      return agentsView(app)
    },
  )

  http.get(
    '/desk/me',
    { ...work, schema: { tags, summary: 'My own desk', response: { 200: api.agentRow } } },
    async req => agentView(await agentOf(app, req.user.userId), req.user.name),
  )

  http.put(
    '/desk/me',
    {
      ...work,
      schema: { tags, summary: 'My line and whether I take calls', body: api.meBody, response: { 200: api.agentRow } },
    },
    async req => {
      const { userId, name } = req.user
      if (req.body.extension !== undefined)
        await saveAgent(app, { ...(await agentOf(app, userId)), extension: req.body.extension })
      if (req.body.state) await setAgentState(app, userId, req.body.state)
      return agentView(await agentOf(app, userId), name)
    },
  )
}

function listView(
  { list_id, ...row }: ListFigures,
  offerNames: ReadonlyMap<string, Text>,
): z.infer<typeof api.listRow> {
  const kind = kindOf(row.kind).name
  const offer = offerNames.get(row.offer)
  const name = offer ? { en: `${kind.en}: ${offer.en}`, zh: `${kind.zh}：${offer.zh}` } : kind
  return { list: list_id, name, ...row }
}

const agentView = (agent: Awaited<ReturnType<typeof agentOf>>, name: string): z.infer<typeof api.agentRow> => ({
  userId: agent.user_id,
  name,
  skills: agent.skills,
  languages: agent.languages,
  extension: agent.extension,
  state: agent.state,
})

async function agentsView(app: App): Promise<z.infer<typeof api.agentList>> {
  const [users, lists] = await Promise.all([
    app.workflow.db
      .selectFrom('users')
      .select(['id', 'name', 'roles'])
      .where('disabled', '=', false)
      .orderBy('name')
      .execute(),
    listsWithCounts(app),
  ])
  const agents = users.filter(user => user.roles.includes('agent') || user.roles.includes('administrator'))
  const rows = await Promise.all(agents.map(async user => agentView(await agentOf(app, user.id), user.name)))
  const skills = [...new Set([...rows.flatMap(row => row.skills), ...lists.map(list => list.skill)])].filter(Boolean)
  return { rows, skills: skills.sort() }
}
