/** Alarms of analyze as tasks of the call centre: one somebody made work of becomes a call, and the outcome of the call settles it. */
import type { z } from 'zod'
import { type AlarmTask, alarmTasksNamed, openAlarmTasks, settleAlarmTask } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { taskDetail } from '../api.ts'
import { openTasks } from './open-tasks.ts'
import type { Task } from './task-table.ts'
import { questionOf } from './verification-task.ts'

const PREFIX = 'alarm-'

/** Number of the alarm behind a task; null for other calls. */
export const alarmOf = (taskId: string): number | null =>
  taskId.startsWith(PREFIX) ? Number(taskId.slice(PREFIX.length)) : null

/** Whether the task is a planned communication, which has a number and an offer; questions and alarms have neither. */
export const ofCommunication = (taskId: string): boolean => questionOf(taskId) === null && alarmOf(taskId) === null

/** Brings the tasks up to the alarms: new ones are added, those taken back are closed. */
export async function bringAlarms(app: App): Promise<void> {
  const { db } = app.workflow
  const alarms = await openAlarmTasks(app)
  const known = await db
    .selectFrom('tasks')
    .select(['task_id', 'state'])
    .where('task_id', 'like', `${PREFIX}%`)
    .execute()
  const wanted = new Map(alarms.map(alarm => [`${PREFIX}${alarm.alarmTaskId}`, alarm]))
  const gone = known.filter(task => task.state === 'open' && !wanted.has(task.task_id)).map(task => task.task_id)
  if (gone.length > 0)
    await db.updateTable('tasks').set({ state: 'done', outcome: null }).where('task_id', 'in', gone).execute()
  // One that was withdrawn and asked for again is opened again; what was called is done.
  const closed = known.filter(task => task.state === 'done' && wanted.has(task.task_id)).map(task => task.task_id)
  if (closed.length > 0)
    await db
      .updateTable('tasks')
      .set({ state: 'open' })
      .where('task_id', 'in', closed)
      .where('outcome', 'is', null)
      .execute()
  const held = new Set(known.map(task => task.task_id))
  const fresh = [...wanted].filter(([taskId]) => !held.has(taskId))
  await openTasks(
    app,
    fresh.map(([taskId, { customerId, priority, note }]) => ({ taskId, customerId, priority, notes: note })),
  )
}

/** Names of the tasks that are alarms, by task. */
export async function alarmNames(app: App, tasks: readonly Pick<Task, 'task_id'>[]): Promise<Map<string, Text>> {
  const ids = tasks.flatMap(({ task_id }) => alarmOf(task_id) ?? [])
  const alarms = await alarmTasksNamed(app, ids)
  return new Map([...alarms].map(([id, { name }]) => [`${PREFIX}${id}`, name]))
}

/** What the agent opens the conversation with: never that we watch how the customer buys, always how we can help. */
const openings: Record<AlarmTask['measure'], Text> = {
  silence: {
    en: 'You have not ordered from us for a while. Is there anything we could do better, or anything you are missing?',
    zh: '您有一段时间没有在我们这里订购了。有没有我们可以改进的地方，或者您需要而没有找到的商品？',
  },
  drop: {
    en: 'We would like to know whether you are content with us. Is there anything you no longer find here?',
    zh: '想了解您对我们是否满意。有没有您在这里找不到的东西？',
  },
  rise: {
    en: 'Thank you for your large orders lately. Is everything arriving as you need it, and can we plan ahead for you?',
    zh: '感谢您近期的大额订购。货物是否都按您的需要送达？是否需要我们提前备货？',
  },
  category: {
    en: 'You used to choose from part of our range more often. Did you miss something there?',
    zh: '您过去常选购我们的某类商品。最近是否没有找到合适的？',
  },
  returns: {
    en: 'Some of what you ordered came back to us. What was not right with it?',
    zh: '您近期有一些商品退回。是哪里不合适呢？',
  },
  complaints: {
    en: 'You told us of problems more than once. We would like to put that right: what is still open?',
    zh: '您多次反映了问题。我们希望妥善解决：还有哪些没有解决？',
  },
}

type Script = z.output<typeof taskDetail>['script']

export async function alarmScript(app: App, task: Task, id: number): Promise<Script> {
  const alarm = (await alarmTasksNamed(app, [id])).get(id)
  const say = (text: Text): string => (task.language === 'zh-CN' ? text.zh : text.en)
  return {
    language: task.language,
    blocks: [
      {
        id: 'open',
        title: alarm ? say(alarm.name) : '',
        say: alarm ? say(openings[alarm.measure]) : '',
        fields: [
          { id: 'reason', label: say({ en: 'What the customer says', zh: '客户反馈' }), kind: 'text', options: [] },
        ],
        next: [{ answer: say({ en: 'Written down', zh: '已记录' }), to: 'thanks' }],
      },
      {
        id: 'thanks',
        title: say({ en: 'Thanks', zh: '致谢' }),
        say: say({ en: 'Thank you for telling us. We will see to it.', zh: '感谢您的反馈，我们会跟进处理。' }),
        fields: [],
        next: [],
      },
    ],
  }
}

export const settleAlarm = settleAlarmTask
