import { defineErrors } from '../../platform/errors.ts'

export const alarmErrors = defineErrors({
  'analyze.no-alarms-yet': {
    status: 404,
    en: 'Nothing has been watched yet: alarms come with the next turn (`huiyin turn --as-of DATE`).',
    zh: '尚未进行监测：警报将随下一轮产生（`huiyin turn --as-of 日期`）。',
  },
  'analyze.alarm-needs-reason': {
    status: 400,
    en: 'Say why the alarms are dismissed: normal behaviour, reason known, or handled already.',
    zh: '请说明忽略警报的原因：行为正常、原因已知或已处理。',
  },
  'analyze.alarm-unknown': {
    status: 404,
    en: 'There is no alarm "{measure}" of {subject} since {since} in the newest turn. Load the list again.',
    zh: '最新一轮中没有 {subject} 自 {since} 起的“{measure}”警报。请刷新列表。',
  },
  'analyze.alarm-task-of-segment': {
    status: 400,
    en: 'An alarm about a segment cannot become an agent’s call. Open its customers and choose whom to call.',
    zh: '客户类别的警报不能直接转为坐席任务。请打开其客户并选择要联系的人。',
  },
  'analyze.alarm-task-unknown': {
    status: 404,
    en: 'There is no alarm task {task}.',
    zh: '没有警报任务 {task}。',
  },
})
