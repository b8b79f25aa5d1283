/** Calls that people asked for: a customer who wants to be rung (portal, inbox, an earlier call), or somebody who saw an opportunity. */
import type { Text } from '../../../platform/text.ts'
import type { Task } from '../task-table.ts'
import type { TaskKind } from './kind.ts'
import { noteScript } from './note-script.ts'

const titles = (tasks: readonly Task[], otherwise: Text): Map<string, Text> =>
  new Map(tasks.map(task => [task.task_id, task.subject?.title ?? otherwise]))

export const callback: TaskKind = {
  id: 'callback',
  name: { en: 'Asked to be called', zh: '请求回电' },
  contact: 'service',
  askedFor: true,
  titles: async (_, tasks) => titles(tasks, callback.name),
  script: async (_, task) =>
    noteScript(task.language, task.subject?.title ?? callback.name, {
      en: `You asked us to call you${task.subject?.reason ? `: “${task.subject.reason}”` : ''}. What can I do for you?`,
      zh: `您请我们给您回电${task.subject?.reason ? `：“${task.subject.reason}”` : ''}。请问有什么可以帮您？`,
    }),
}

export const opportunity: TaskKind = {
  id: 'opportunity',
  name: { en: 'Opportunities', zh: '商机' },
  contact: 'offer',
  titles: async (_, tasks) => titles(tasks, opportunity.name),
  script: async (_, task) =>
    noteScript(task.language, task.subject?.title ?? opportunity.name, {
      en: `We noted that this may be of use to you: ${task.subject?.title.en ?? ''}. May I tell you about it?`,
      zh: `我们了解到您可能需要：${task.subject?.title.zh ?? ''}。可以向您介绍一下吗？`,
    }),
}
