/**
 * Questions of collect as calls: an open question becomes a task when agents look for work, its script is made of what is to be asked,
 * and the outcome of the call settles it.
 */
import {
  agentQuestions,
  confirmedFields,
  mayReopenQuestion,
  questionFields,
  questionFor,
  reopenAgentQuestion,
  settleAgentQuestion,
} from '../../../collect/index.ts'
import type { App } from '../../../platform/app.ts'
import type { Text } from '../../../platform/text.ts'
import type { Task } from '../task-table.ts'
import { bringWanted } from './bring-wanted.ts'
import type { DeskScript, TaskKind } from './kind.ts'

const PREFIX = 'verify-'
/** Field of the script that says whether the value still holds. */
const HOLDS = 'holds'
const YES: Text = { en: 'Still right', zh: '仍然正确' }
const NO: Text = { en: 'Has changed', zh: '已变更' }

/** Number of the question behind a task. */
const questionOf = (taskId: string): number => Number(taskId.slice(PREFIX.length))

const nameOf = (fieldName: Text): Text => ({ en: `Check the ${fieldName.en}`, zh: `核实${fieldName.zh}` })

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

const saidYes = (answers: Record<string, string>): boolean => answers[HOLDS] === YES.en || answers[HOLDS] === YES.zh

export const verification: TaskKind = {
  id: 'verification',
  name: { en: 'Details to verify', zh: '信息核实' },
  contact: 'service',
  async bring(app) {
    const questions = await agentQuestions(app)
    await bringWanted(
      app,
      'verification',
      questions.map(({ verificationId, customerId, priority }) => ({
        taskId: `${PREFIX}${verificationId}`,
        kind: 'verification',
        rank: 40,
        customerId,
        priority,
      })),
    )
  },
  async titles(app, tasks) {
    const fields = await questionFields(
      app,
      tasks.map(task => questionOf(task.task_id)),
    )
    return new Map([...fields].map(([question, fieldName]) => [`${PREFIX}${question}`, nameOf(fieldName)]))
  },
  script: (app, task) => questionScript(app, task),
  /** A value said to be right is an answer like a new one. */
  async told(app, task, { outcome, answers, fields }) {
    if (outcome !== 'accepted') return { fields, confirmed: false }
    const confirmed = saidYes(answers) && Object.keys(fields).length === 0
    return { fields: confirmed ? await confirmedFields(app, questionOf(task.task_id)) : fields, confirmed }
  },
  settle: (app, task, { confirmed, fields, answerEventId }) =>
    settleAgentQuestion(app, questionOf(task.task_id), { confirmed, fields, eventId: answerEventId }),
  reopen: (app, task) => reopenAgentQuestion(app, questionOf(task.task_id)),
  mayReopen: (app, task) => mayReopenQuestion(app, questionOf(task.task_id)),
}

/** What the agent says and asks. The value is masked: the customer is to name it, and nobody else is told it. */
async function questionScript(app: App, task: Task): Promise<DeskScript> {
  const asked = await questionFor(app, questionOf(task.task_id))
  const say = (text: Text): string => (task.language === 'en' ? text.en : text.zh)
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
