import { defineErrors } from '../../platform/errors.ts'

export const deskErrors = defineErrors({
  'desk.task-stopped': {
    status: 409,
    en: 'Task {task} was closed without a call: {reason}.',
    zh: '任务 {task} 未拨打即已关闭：{reason}。',
  },
  'desk.not-now': {
    status: 409,
    en: 'Task {task} may not be rung at this hour where the customer lives. It comes again from {at} on.',
    zh: '客户所在地现在不是可以致电的时段，任务 {task} 将于 {at} 之后再次出现。',
  },
  'desk.customer-erased': {
    status: 410,
    en: 'The customer of task {task} was erased on request. Nothing is kept of the call; take the next task.',
    zh: '任务 {task} 的客户已应其要求删除。本次通话不保留任何内容，请处理下一项任务。',
  },
  'desk.customer-split': {
    status: 409,
    en: 'The customer of task {task} was found to be several people. Ask who it is, choose one of {customers}, then save again.',
    zh: '任务 {task} 的客户已被拆分为多人。请询问对方身份，在 {customers} 中选择一位后再保存。',
  },
  'desk.not-of-call': {
    status: 409,
    en: 'Task {task} is about customer {customer}. Give it back, and open a call of its own for somebody else.',
    zh: '任务 {task} 的客户为 {customer}。如需为其他客户服务，请退回该任务并另开通话。',
  },
  'desk.who-first': {
    status: 409,
    en: 'Say first who is on the line: nothing is saved for somebody unknown.',
    zh: '请先确认来电者身份，未识别的客户无法保存内容。',
  },
  'desk.no-list': { status: 404, en: 'There is no list {list}.', zh: '没有名单 {list}。' },
  'desk.bad-reason': {
    status: 400,
    en: 'Say in a few words what the call is to be about.',
    zh: '请简要说明这次通话的目的。',
  },
  'desk.past-time': {
    status: 400,
    en: '{at} has passed. Give a time to come.',
    zh: '{at} 已经过去，请给出将来的时间。',
  },
  'desk.far-time': {
    status: 400,
    en: '{at} is more than a year ahead. Give an earlier time.',
    zh: '{at} 已超过一年，请给出更早的时间。',
  },
  'desk.outcome-underway': {
    status: 409,
    en: 'The end of this call is being saved from another window. Look again in half a minute before you save it here.',
    zh: '本次通话的结果正在另一窗口保存，请半分钟后查看，再决定是否在此保存。',
  },
  'desk.draft-too-large': {
    status: 413,
    en: 'What was typed in this call is over {most} kB. Shorten the note.',
    zh: '本次通话输入的内容超过 {most} kB，请缩短备注。',
  },
  'desk.no-customer': { status: 404, en: 'There is no customer {customer}.', zh: '没有编号为 {customer} 的客户。' },
  'desk.erased': {
    status: 410,
    en: 'Customer {customer} was erased on request; nothing can be shown.',
    zh: '客户 {customer} 已应其要求删除，无法显示。',
  },
  'desk.no-call': { status: 404, en: 'There is no call {call}.', zh: '没有通话 {call}。' },
  'desk.not-your-call': {
    status: 409,
    en: 'Call {call} is not at your line.',
    zh: '通话 {call} 不在您的线路上。',
  },
  'desk.call-taken': {
    status: 409,
    en: 'Call {call} is with another agent.',
    zh: '通话 {call} 正由另一位坐席处理。',
  },
  'desk.no-agent': {
    status: 400,
    en: 'No agent has the login or the line "{agent}". Set the line on the desk, or send the login.',
    zh: '没有登录名或分机为“{agent}”的坐席。请在坐席台设置分机，或发送登录名。',
  },
  'desk.not-a-candidate': {
    status: 403,
    en: 'What was said does not fit this customer; nothing is shown. Ask again, or take the call down without a customer.',
    zh: '所述信息与该客户不符，不予显示。请再次核实，或按未识别客户登记。',
  },
  'desk.too-many-tries': {
    status: 429,
    en: 'Three answers were wrong. Nobody is shown on this call any more; call the customer back on the number we know.',
    zh: '三次核实均不正确。本次通话不再显示客户信息，请按已知号码回拨。',
  },
})
