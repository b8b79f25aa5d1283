import { defineErrors } from '../../platform/errors.ts'

export const rightsErrors = defineErrors({
  'rights.erased': {
    status: 410,
    exit: 1,
    en: 'Customer {customer} was erased on {day} (certificate {certificate}). Only counts are left.',
    zh: '客户 {customer} 的数据已于 {day} 删除（证明编号 {certificate}），仅保留统计数字。',
  },
  'rights.no-request': {
    status: 404,
    exit: 2,
    en: 'There is no request {request}.',
    zh: '没有编号为 {request} 的请求。',
  },
  'rights.open-already': {
    status: 409,
    en: 'An erasure of customer {customer} is under way already: request {request}.',
    zh: '客户 {customer} 已有进行中的删除请求：{request}。',
  },
  'rights.state': {
    status: 409,
    en: 'Request {request} is {state}; this cannot be done with it now.',
    zh: '请求 {request} 当前状态为 {state}，无法执行此操作。',
  },
  'rights.four-eyes': {
    status: 403,
    en: 'Request {request} was made by you; another person must approve it.',
    zh: '请求 {request} 由您提出，须由另一人批准。',
  },
  'rights.approver': {
    status: 403,
    en: 'The approver "{login}" is not known, may not approve erasures, or the password is wrong.',
    zh: '批准人“{login}”不存在、无权批准删除，或密码错误。',
  },
  'rights.turn-running': {
    status: 409,
    en: 'A turn is running; it would bring back what is being erased. The erasure begins when it is done.',
    zh: '当前有一轮正在运行，会重新产生待删除的数据。请在其完成后执行删除。',
  },
  'rights.left-over': {
    status: 500,
    en: 'After the erasure {rows} rows of {table} still name the customer. The request stays open.',
    zh: '删除后，{table} 中仍有 {rows} 行与该客户有关。请求保持打开状态。',
  },
  'rights.no-certificate': {
    status: 404,
    exit: 2,
    en: 'There is no certificate {certificate}.',
    zh: '没有编号为 {certificate} 的证明。',
  },
  'rights.no-hold': { status: 404, en: 'There is no legal hold {hold} in force.', zh: '没有生效中的法律保留 {hold}。' },
  'rights.nobody': {
    status: 404,
    exit: 2,
    en: 'There is no customer {customer}.',
    zh: '没有编号为 {customer} 的客户。',
  },
})
