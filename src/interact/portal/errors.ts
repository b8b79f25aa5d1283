import { defineErrors } from '../../platform/errors.ts'

export const portalErrors = defineErrors({
  'portal.not-found': {
    status: 404,
    en: 'There is nothing here for you. It may have been taken away, or the link is not complete.',
    zh: '这里没有可供您查看的内容，可能已被移除或链接不完整。',
  },
  'portal.paper-away': {
    status: 503,
    en: 'This paper cannot be shown at the moment. We know of it; please try again later, or ask us for a copy.',
    zh: '该文书暂时无法显示，我们已知悉。请稍后再试，或向我们索取副本。',
  },
  'portal.stale-form': {
    status: 409,
    en: 'This page was open too long. Look at what you wrote and send it again.',
    zh: '页面停留时间过长，请核对填写的内容后重新提交。',
  },
  'portal.bad-address': {
    status: 400,
    en: 'Enter an e-mail address or a mobile number, such as 138 1234 5678.',
    zh: '请输入电子邮箱或手机号码，例如 138 1234 5678。',
  },
  'portal.who-wrong': {
    status: 401,
    en: 'That does not match. Tries left: {left}.',
    zh: '信息不符，还可尝试 {left} 次。',
  },
  'portal.who-locked': {
    status: 423,
    en: 'That did not match three times. Please begin again, or call us.',
    zh: '三次均不相符，请重新登录或致电我们。',
  },
  'portal.card-wrong': {
    status: 401,
    en: 'Number and birth date do not match. Tries left: {left}.',
    zh: '号码与出生日期不符，还可尝试 {left} 次。',
  },
  'portal.card-locked': {
    status: 423,
    en: 'Too many wrong tries. This is locked for {minutes} min; a colleague will gladly help you.',
    zh: '错误次数过多，已锁定 {minutes} 分钟，您也可以请工作人员协助。',
  },
  'portal.choose': {
    status: 400,
    en: 'Choose one of the answers, and send it again.',
    zh: '请选择其中一项后再提交。',
  },
  'portal.no-answer': {
    status: 400,
    en: 'Answer at least one question, or choose "Not now".',
    zh: '请至少回答一个问题，或选择“暂不回答”。',
  },
  'portal.too-long': {
    status: 400,
    en: 'That is longer than {most} characters. Shorten it, and send it again.',
    zh: '内容超过 {most} 个字符，请缩短后再提交。',
  },
  'portal.no-words': {
    status: 400,
    en: 'Write a few words, so that we know what it is about.',
    zh: '请简要填写说明，便于我们了解情况。',
  },
  'portal.past-time': {
    status: 400,
    en: 'Choose a time to come, within a year.',
    zh: '请选择将来一年之内的时间。',
  },
  'portal.nothing-changed': {
    status: 400,
    en: 'Nothing was changed: this is what we have already.',
    zh: '未作更改：与现有资料相同。',
  },
  'portal.bad-pairing': {
    status: 401,
    en: 'This code does not pair a kiosk, or is older than 15 minutes. Ask for a new one on the page "Kiosks".',
    zh: '配对码无效或已超过 15 分钟，请在“自助终端”页面重新获取。',
  },
  'kiosks.missing': { status: 404, en: 'There is no kiosk {kiosk}.', zh: '没有自助终端 {kiosk}。' },
})
