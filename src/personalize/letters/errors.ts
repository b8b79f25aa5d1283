import { defineErrors } from '../../platform/errors.ts'

export const letterErrors = defineErrors({
  'letters.missing': { status: 404, en: 'There is no letter {letter}.', zh: '没有编号为 {letter} 的信函。' },
  'letters.template': {
    status: 400,
    en: 'Template "{template}" is not live, or has nothing for an agent to fill in.',
    zh: '模板“{template}”未生效，或没有可供坐席填写的内容。',
  },
  'letters.customer': { status: 404, en: 'There is no customer {customer}.', zh: '没有编号为 {customer} 的客户。' },
  'letters.changed': {
    status: 409,
    en: 'Letter {letter} was changed elsewhere since you opened it. What you typed is still in this browser: reload, compare and save again.',
    zh: '信函 {letter} 已在别处修改。您输入的内容仍保留在本浏览器中：请重新载入、核对后再保存。',
  },
  'letters.state': {
    status: 409,
    en: 'Letter {letter} is {state}; this cannot be done with it now.',
    zh: '信函 {letter} 当前状态为“{state}”，无法执行此操作。',
  },
  'letters.not-yours': {
    status: 403,
    en: 'Letter {letter} belongs to another agent; only its author may change it.',
    zh: '信函 {letter} 由另一位坐席撰写，只有撰写人可以修改。',
  },
  'letters.four-eyes': {
    status: 403,
    en: 'You wrote letter {letter}; another person must approve it.',
    zh: '信函 {letter} 由您撰写，须由另一人审批。',
  },
  'letters.unknown-part': {
    status: 400,
    en: 'The template has no {what} "{id}" that may be changed.',
    zh: '模板中没有可修改的{what}“{id}”。',
  },
  'letters.way': {
    status: 409,
    en: 'This letter cannot go by {channel}: {reason}.',
    zh: '此信函不能通过 {channel} 发送：{reason}。',
  },
  'letters.cannot-compose': {
    status: 409,
    en: 'The letter cannot be set: {reason} ({detail}). Nothing was sent.',
    zh: '信函无法排版：{reason}（{detail}）。未发送任何内容。',
  },
  'letters.not-as-approved': {
    status: 500,
    exit: 1,
    en: 'Letter {letter} comes out as {now} and was approved as {approved}; it was not sent. Ask its author to submit it again.',
    zh: '信函 {letter} 当前生成结果为 {now}，与审批时的 {approved} 不一致，未发送。请撰写人重新提交。',
  },
  'letters.field-empty': {
    status: 400,
    en: 'Fill in "{field}" before the letter goes to approval.',
    zh: '提交审批前请填写“{field}”。',
  },
  'letters.remark': {
    status: 400,
    en: 'Say why, so that the author knows what to change.',
    zh: '请说明原因，以便撰写人修改。',
  },
  'letters.enclosure': {
    status: 400,
    en: '{name} cannot be enclosed: {reason}.',
    zh: '无法附上 {name}：{reason}。',
  },
})
