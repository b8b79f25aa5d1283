import { defineErrors } from '../platform/errors.ts'

export const errors = defineErrors({
  'interact.bad-day': {
    status: 400,
    en: '"{day}" is not a day; write it as 2010-12-08.',
    zh: '“{day}”不是日期，请写成 2010-12-08 的形式。',
  },
  'interact.mail-unread': {
    status: 400,
    en: '{file}: cannot be read: {reason}.',
    zh: '{file}：无法读取：{reason}。',
  },
  'interact.no-key': {
    status: 500,
    en: "The key of the channels' passwords cannot be read or made: {path}. Put the file back from a backup, or give it to the user that runs Huiyin.",
    zh: '无法读取或创建渠道密码的密钥：{path}。请从备份恢复该文件，或把它的权限交给运行回音的用户。',
  },
  'interact.secrets-unreadable': {
    status: 409,
    en: 'The passwords of this channel were sealed with another key than the one in the data folder. Enter them again.',
    zh: '此渠道的密码由另一把密钥加密，与数据目录中的密钥不符。请重新输入。',
  },
  'interact.no-channel': { status: 404, en: 'There is no channel {channel}.', zh: '没有渠道 {channel}。' },
  'interact.unknown-kind': {
    status: 400,
    en: 'There is no kind of channel "{kind}". Known: {known}.',
    zh: '没有“{kind}”这种渠道。可用：{known}。',
  },
  'interact.bad-setting': {
    status: 400,
    en: 'Setting "{field}" of the channel is not right: {reason}.',
    zh: '渠道设置“{field}”不正确：{reason}。',
  },
  'interact.channel-down': {
    status: 502,
    en: 'The other side did not take it: {what} ({detail}).',
    zh: '对方未接受：{what}（{detail}）。',
  },
  'interact.cannot-test': {
    status: 400,
    en: 'A channel of the kind "{kind}" has no connection to try.',
    zh: '“{kind}”类渠道没有可测试的连接。',
  },
  'interact.not-uncertain': {
    status: 409,
    en: 'Message {id} is not uncertain any more: it is {state}.',
    zh: '通信 {id} 已不再是“不确定”状态，当前为 {state}。',
  },
  'interact.link-bad': {
    status: 404,
    en: 'This link is not one of ours, or it was cut short on its way. Use the link in the message again.',
    zh: '此链接无效或不完整。请重新打开消息中的链接。',
  },
  'interact.too-often': {
    status: 429,
    en: 'Too many tries from this address. Wait {seconds} seconds.',
    zh: '来自此地址的尝试过多，请等待 {seconds} 秒。',
  },
  'interact.callback-refused': {
    status: 401,
    en: 'The signature of this callback is missing or wrong.',
    zh: '回调签名缺失或不正确。',
  },
  'interact.bad-callback': {
    status: 400,
    en: 'The callback cannot be read: {reason}.',
    zh: '无法读取回调：{reason}。',
  },
  'interact.bad-preference': {
    status: 400,
    en: 'This choice is not known: {field}.',
    zh: '未知的选项：{field}。',
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
    en: 'Say when to call back: at a time to come, within a year.',
    zh: '请给出将来一年之内的回电时间。',
  },
})
