/** Alarms of analyze as calls: one somebody made work of becomes a task, and the outcome of the call settles it. */
import {
  type AlarmTask,
  alarmTasksNamed,
  openAlarmTasks,
  reopenAlarmTask,
  settleAlarmTask,
} from '../../../analyze/index.ts'
import type { Text } from '../../../platform/text.ts'
import { bringWanted } from './bring-wanted.ts'
import type { TaskKind } from './kind.ts'
import { noteScript } from './note-script.ts'

const PREFIX = 'alarm-'

/** Number of the alarm behind a task. */
const alarmOf = (taskId: string): number => Number(taskId.slice(PREFIX.length))

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

export const alarm: TaskKind = {
  id: 'alarm',
  name: { en: 'Alarms', zh: '预警' },
  contact: 'service',
  async bring(app) {
    const alarms = await openAlarmTasks(app)
    await bringWanted(
      app,
      'alarm',
      alarms.map(({ alarmTaskId, customerId, priority, note }) => ({
        taskId: `${PREFIX}${alarmTaskId}`,
        kind: 'alarm',
        rank: 20,
        customerId,
        priority,
        notes: note,
      })),
    )
  },
  async titles(app, tasks) {
    const alarms = await alarmTasksNamed(
      app,
      tasks.map(task => alarmOf(task.task_id)),
    )
    return new Map([...alarms].map(([id, { name }]) => [`${PREFIX}${id}`, name]))
  },
  async script(app, task) {
    const its = (await alarmTasksNamed(app, [alarmOf(task.task_id)])).get(alarmOf(task.task_id))
    return noteScript(task.language, its?.name, its && openings[its.measure])
  },
  settle: (app, task, { outcome, eventId }) => settleAlarmTask(app, alarmOf(task.task_id), { outcome, eventId }),
  reopen: (app, task, eventId) => reopenAlarmTask(app, alarmOf(task.task_id), eventId),
}
