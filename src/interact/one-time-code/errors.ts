import { defineErrors } from '../../platform/errors.ts'

export const codeErrors = defineErrors({
  'code.too-many': {
    status: 429,
    en: 'Too many codes were asked for. Try again in {minutes} min.',
    zh: '获取验证码过于频繁，请在 {minutes} 分钟后重试。',
  },
  'code.wrong': {
    status: 401,
    en: 'That is not the code. Tries left: {left}.',
    zh: '验证码不正确，还可尝试 {left} 次。',
  },
  'code.locked': {
    status: 423,
    en: 'Too many wrong codes: this one is locked. Ask for a new one in {minutes} min.',
    zh: '错误次数过多，该验证码已锁定。请在 {minutes} 分钟后重新获取。',
  },
  'code.expired': {
    status: 410,
    en: 'This code has expired or was used. Ask for a new one.',
    zh: '验证码已过期或已使用，请重新获取。',
  },
})
