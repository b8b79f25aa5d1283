/**
 * Questions of collect as tasks of the call centre: an open question becomes a task when agents look for work, its script is made of
 * what is to be asked, and the outcome of the call settles it.
 */
import type { z } from 'zod'
import {
  agentQuestions,
  confirmedFields,
  questionFields,
  questionFor,
  settleAgentQuestion,
} from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { taskDetail } from '../api.ts'
import { openTasks } from './open-tasks.ts'
import type { Task } from './task-table.ts'

const PREFIX = 'verify-'
/** Field of the script that says whether the value still holds. */
const HOLDS = 'holds'
const YES: Text = { en: 'Still right', zh: '仍然正确' }
const NO: Text = { en: 'Has changed', zh: '已变更' }

/** Number of the question behind a task; null for calls that offer something. */
export const questionOf = (taskId: string): number | null =>
  taskId.startsWith(PREFIX) ? Number(taskId.slice(PREFIX.length)) : null

const nameOf = (fieldName: Text): Text => ({ en: `Check the ${fieldName.en}`, zh: `核实${fieldName.zh}` })

/** Brings the tasks up to the questions: new ones are added, those taken back are closed. */
export async function bringQuestions(app: App): Promise<void> {
  const { db } = app.workflow
  const questions = await agentQuestions(app)
  const known = await db
    .selectFrom('tasks')
    .select(['task_id', 'state'])
    .where('task_id', 'like', `${PREFIX}%`)
    .where('state', '!=', 'done')
    .execute()
  const wanted = new Map(questions.map(question => [`${PREFIX}${question.verificationId}`, question]))
  const gone = known.filter(task => task.state === 'open' && !wanted.has(task.task_id)).map(task => task.task_id)
  if (gone.length > 0)
    await db.updateTable('tasks').set({ state: 'done', outcome: null }).where('task_id', 'in', gone).execute()
  const held = new Set(known.map(task => task.task_id))
  const fresh = [...wanted].filter(([taskId]) => !held.has(taskId))
  await openTasks(
    app,
    fresh.map(([taskId, { customerId, priority }]) => ({ taskId, customerId, priority, notes: '' })),
  )
}

/** Names of the tasks that are questions, by task. */
export async function questionNames(app: App, tasks: readonly Task[]): Promise<Map<string, Text>> {
  const asked = tasks.flatMap(({ task_id }) => questionOf(task_id) ?? [])
  const fields = await questionFields(app, asked)
  return new Map([...fields].map(([question, fieldName]) => [`${PREFIX}${question}`, nameOf(fieldName)]))
}

type Script = z.output<typeof taskDetail>['script']

const LABELS: Record<string, Text> = {
  mobile: { en: 'Mobile', zh: '手机' },
  landline: { en: 'Landline', zh: '固定电话' },
  email: { en: 'E-mail', zh: '电子邮箱' },
  street: { en: 'Street', zh: '详细地址' },
  district: { en: 'District', zh: '区县' },
  city: { en: 'City', zh: '城市' },
  province: { en: 'Province', zh: '省份' },
  postcode: { en: 'Postcode', zh: '邮政编码' },
  name: { en: 'Name', zh: '姓名' },
  birth_date: { en: 'Birth date', zh: '出生日期' },
}

/** What the agent says and asks. The value is masked: the customer is to name it, and nobody else is told it. */
export async function questionScript(app: App, task: Task, question: number): Promise<Script> {
  const asked = await questionFor(app, question)
  const say = (text: Text): string => (task.language === 'zh-CN' ? text.zh : text.en)
  const known = asked.masked === '' ? null : asked.masked
  return {
    language: task.language,
    blocks: [
      {
        id: 'ask',
        title: say({ en: 'Question', zh: '提问' }),
        say: say({
          en: known
            ? `We would like to make sure that we can reach you. Is your ${asked.fieldName.en} still ${known}?`
            : `We would like to make sure that we can reach you. What is your ${asked.fieldName.en}?`,
          zh: known
            ? `为确保能与您取得联系，想与您核实：您的${asked.fieldName.zh}仍是 ${known} 吗？`
            : `为确保能与您取得联系，请问您的${asked.fieldName.zh}是？`,
        }),
        fields: known
          ? [{ id: HOLDS, label: say(nameOf(asked.fieldName)), kind: 'choice', options: [say(YES), say(NO)] }]
          : [],
        next: known
          ? [
              { answer: say(YES), to: 'thanks' },
              { answer: say(NO), to: 'new' },
            ]
          : [{ answer: say({ en: 'Take it down', zh: '记录' }), to: 'new' }],
      },
      {
        id: 'new',
        title: say({ en: 'New value', zh: '新信息' }),
        say: say({ en: `What is your ${asked.fieldName.en} now?`, zh: `请问您现在的${asked.fieldName.zh}是？` }),
        fields: asked.fields.map(field => ({
          id: field,
          label: say(LABELS[field] ?? { en: field, zh: field }),
          kind:
            field === 'email'
              ? ('email' as const)
              : /mobile|landline/.test(field)
                ? ('phone' as const)
                : ('text' as const),
          options: [],
          golden: field,
        })),
        next: [{ answer: say({ en: 'Repeated and right', zh: '已复述确认' }), to: 'thanks' }],
      },
      {
        id: 'thanks',
        title: say({ en: 'Thanks', zh: '致谢' }),
        say: say({ en: 'Thank you. That is all we wanted to ask.', zh: '谢谢您，没有其他问题了。' }),
        fields: [],
        next: [],
      },
    ],
  }
}

const saidYes = (answers: Record<string, string>): boolean => answers[HOLDS] === YES.en || answers[HOLDS] === YES.zh

/** The golden fields that the call told: a value said to be right is an answer like a new one. */
export async function toldFields(
  app: App,
  question: number,
  outcome: { outcome: string; answers: Record<string, string>; fields: Record<string, string> },
): Promise<{ fields: Record<string, string>; confirmed: boolean }> {
  if (outcome.outcome !== 'accepted') return { fields: outcome.fields, confirmed: false }
  const confirmed = saidYes(outcome.answers) && Object.keys(outcome.fields).length === 0
  return { fields: confirmed ? await confirmedFields(app, question) : outcome.fields, confirmed }
}

export const settleQuestion = settleAgentQuestion
