import { defineErrors } from '../platform/errors.ts'

export const errors = defineErrors({
  'interact.mail-unread': {
    status: 400,
    en: '{file}: cannot be read: {reason}.',
    zh: '{file}：无法读取：{reason}。',
  },
  'interact.counts-differ': {
    status: 500,
    en: 'Delivery does not add up: {composed} composed, {settled} settled, {refused} refused, {failed} failed.',
    zh: '投递数量不符：已生成 {composed}，已送达 {settled}，已拒发 {refused}，失败 {failed}。',
  },
  'interact.no-task': { status: 404, en: 'There is no task {task}.', zh: '没有任务 {task}。' },
  'interact.task-held': {
    status: 409,
    en: 'Task {task} is held by another agent.',
    zh: '任务 {task} 正由另一位坐席处理。',
  },
  'interact.task-not-held': {
    status: 409,
    en: 'Take task {task} first: an outcome is recorded by the agent who holds it.',
    zh: '请先领取任务 {task}：只有持有任务的坐席才能登记结果。',
  },
  'interact.task-done': { status: 409, en: 'Task {task} is done already.', zh: '任务 {task} 已经完成。' },
  'interact.callback-missing': {
    status: 400,
    en: 'Say when to call back, at a time to come.',
    zh: '请给出将来的回电时间。',
  },
})
