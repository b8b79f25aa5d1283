import { defineErrors } from '../../platform/errors.ts'

export const inboxErrors = defineErrors({
  'inbox.no-thread': { status: 404, en: 'There is no thread {id}.', zh: '没有会话 {id}。' },
  'inbox.nobody': {
    status: 404,
    en: 'Nobody we know wrote thread {id}: say whose it is first.',
    zh: '会话 {id} 的来信人未知，请先指明所属客户。',
  },
  'inbox.no-message': { status: 404, en: 'There is no message {id}.', zh: '没有消息 {id}。' },
  'inbox.no-attachment': {
    status: 404,
    en: 'Attachment {number} of message {id} was not kept: {reason}.',
    zh: '消息 {id} 的第 {number} 个附件未保存：{reason}。',
  },
  'inbox.not-incoming': {
    status: 409,
    en: 'Message {id} was written by us: only what customers write has a class.',
    zh: '消息 {id} 由我方发出：只有客户来信才有类别。',
  },
  'inbox.no-words': { status: 400, en: 'Write an answer first.', zh: '请先填写回复内容。' },
  'inbox.no-address': {
    status: 409,
    en: 'Thread {id} has no address to answer to.',
    zh: '会话 {id} 没有可回复的地址。',
  },
  'inbox.suppressed': {
    status: 409,
    en: 'This address may not be used any more: its owner said so, or mail to it came back. Answer another way.',
    zh: '此地址已禁止使用（对方已拒收或邮件被退回），请换其他方式回复。',
  },
  'inbox.not-sent': {
    status: 502,
    en: 'The answer was not sent: {reason}. It is not in the thread; try again later.',
    zh: '回复未发出：{reason}。会话中没有记录，请稍后重试。',
  },
  'inbox.no-customer': {
    status: 404,
    en: 'There is no customer {id}.',
    zh: '没有客户 {id}。',
  },
  'inbox.no-owner': {
    status: 409,
    en: 'User {user} cannot answer in the inbox: disabled, or without the role.',
    zh: '用户 {user} 无法处理来信：账号已停用或没有相应角色。',
  },
  'inbox.bad-snooze': {
    status: 400,
    en: 'Say until when the thread shall rest, at a time to come.',
    zh: '请给出将来的提醒时间。',
  },
})
