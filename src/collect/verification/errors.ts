import { defineErrors } from '../../platform/errors.ts'

export const verificationErrors = defineErrors({
  'verification.unknown': {
    status: 404,
    en: 'There is no verification {verification}.',
    zh: '没有编号为 {verification} 的核实任务。',
  },
  'verification.closed': {
    status: 409,
    en: 'This question has been answered or taken back.',
    zh: '该问题已回答或已撤回。',
  },
  'verification.link-bad': {
    status: 404,
    en: 'This link is not valid. Please use the whole link as you received it.',
    zh: '链接无效。请使用您收到的完整链接。',
  },
  'verification.link-expired': {
    status: 410,
    en: 'This link has expired. Please contact us if you want to change something.',
    zh: '链接已过期。如需更改信息，请与我们联系。',
  },
  'verification.too-often': {
    status: 429,
    en: 'Too many tries. Please try again in {seconds} seconds.',
    zh: '尝试次数过多，请在 {seconds} 秒后重试。',
  },
  'verification.nothing': {
    status: 400,
    en: 'Please confirm the value or give the right one.',
    zh: '请确认该信息，或填写正确的信息。',
  },
})
