import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { defineErrors, HuiyinError, type Lang } from '../errors.ts'

export const httpErrors = defineErrors({
  'platform.invalid-request': { status: 400, en: 'The request is not valid: {detail}', zh: '请求无效：{detail}' },
  'platform.bad-character': {
    status: 400,
    en: 'The text holds a zero character (U+0000), which cannot be stored. Take it out and send it again.',
    zh: '文本中含有无法保存的空字符（U+0000），请删除后重新提交。',
  },
  'platform.not-found': { status: 404, en: 'There is nothing at this address.', zh: '此地址没有内容。' },
  'platform.too-large': { status: 413, en: 'The request is larger than allowed.', zh: '请求内容超过允许的大小。' },
  'platform.internal': {
    status: 500,
    en: 'Something went wrong here. It has been logged under {id}.',
    zh: '系统内部出错，已记录，编号 {id}。',
  },
  'auth.no-session': { status: 401, en: 'Please sign in.', zh: '请先登录。' },
  'auth.forbidden': {
    status: 403,
    en: 'Your role does not allow this ({permission}).',
    zh: '您的角色无权执行此操作（{permission}）。',
  },
  'auth.csrf': {
    status: 403,
    en: 'The request did not come from the app (header x-huiyin is missing).',
    zh: '请求并非来自本应用（缺少 x-huiyin 请求头）。',
  },
})

export const langOf = (req: FastifyRequest): Lang =>
  req.headers['accept-language']?.trim().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'

/** PostgreSQL's name for text that holds U+0000, which no text column takes. */
const NO_TEXT = '22021'

function known(error: FastifyError, req: FastifyRequest): HuiyinError {
  if (error instanceof HuiyinError) return error
  if (error.code === NO_TEXT) return httpErrors['platform.bad-character']()
  if (hasZodFastifySchemaValidationErrors(error))
    return httpErrors['platform.invalid-request']({
      detail: error.validation
        .map(issue =>
          `${error.validationContext ?? ''}${issue.instancePath.replaceAll('/', '.')} ${issue.message ?? ''}`.trim(),
        )
        .join('; '),
    })
  if (error.statusCode === 413) return httpErrors['platform.too-large']()
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return httpErrors['platform.invalid-request']({ detail: error.message })
  return httpErrors['platform.internal']({ id: req.id }, error)
}

/** Every failure answers `{ error: { code, message } }` in the caller's language; only our own faults are logged. */
export function sendError(error: FastifyError, req: FastifyRequest, reply: FastifyReply): void {
  const answer = known(error, req)
  if (answer.status >= 500)
    req.log.error({ err: { message: error.message, stack: error.stack }, code: answer.code }, 'request failed')
  reply
    .code(answer.status)
    .type('application/json')
    .send(
      JSON.stringify({ error: { code: answer.code, message: answer.messageIn(langOf(req)), params: answer.params } }),
    )
}
