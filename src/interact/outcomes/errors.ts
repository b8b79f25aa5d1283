import { defineErrors } from '../../platform/errors.ts'

export const outcomeErrors = defineErrors({
  'outcomes.none': {
    status: 404,
    en: 'There is no saved outcome {outcome} that could be taken back.',
    zh: '没有可撤回的通话结果 {outcome}。',
  },
  'outcomes.taken-back': {
    status: 409,
    en: 'This outcome of task {task} was taken back. Open the task again and save how the call really ended.',
    zh: '任务 {task} 的这一通话结果已被撤回。请重新打开任务，保存实际结果。',
  },
  'outcomes.not-yours': {
    status: 403,
    en: 'Another agent saved this outcome. Ask that agent, or whoever leads the team, to take it back.',
    zh: '该结果由其他坐席保存，请由该坐席或班组长撤回。',
  },
  'outcomes.too-late': {
    status: 409,
    en: 'An agent takes an outcome back on the day it was saved ({day}). Ask whoever leads the team.',
    zh: '坐席只能在保存当天（{day}）撤回结果，请联系班组长。',
  },
  'outcomes.too-old': {
    status: 409,
    en: 'An outcome is taken back within {days} days; this one was saved on {day}.',
    zh: '结果只能在 {days} 天内撤回，该结果保存于 {day}。',
  },
  'outcomes.later': {
    status: 409,
    en: 'The customer was rung again for task {task} since. Take back the later outcome first.',
    zh: '任务 {task} 之后又有通话结果，请先撤回较晚的结果。',
  },
  'outcomes.in-hand': {
    status: 409,
    en: 'Somebody is at task {task} again. Try when it has been given back.',
    zh: '任务 {task} 正由坐席处理，请待其退回后再撤回。',
  },
  'outcomes.underway': {
    status: 409,
    en: 'This outcome is being saved or taken back in another window. Look again in half a minute.',
    zh: '该结果正在另一窗口保存或撤回，请半分钟后再查看。',
  },
  'outcomes.not-to-list': {
    status: 400,
    en: 'The customer called us: such a call goes back to the agent who had it, not into a list.',
    zh: '这是客户来电，只能退回原坐席，不能放回名单。',
  },
})
