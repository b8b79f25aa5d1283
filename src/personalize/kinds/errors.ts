import { defineErrors } from '../../platform/errors.ts'

export const kindErrors = defineErrors({
  'personalize.no-kind': {
    status: 404,
    en: 'There is no kind of communication "{kind}". Kinds are edited under Kinds of communication.',
    zh: '没有“{kind}”这一沟通类型，可在“沟通类型”页面添加。',
  },
  'personalize.kind-template': {
    status: 409,
    en: 'Template {template} says {field} {is}, its kind {kind} says {wanted}: change one of them first.',
    zh: '模板 {template} 的 {field} 为 {is}，而类型 {kind} 为 {wanted}：请先修改其一。',
  },
  'personalize.no-document': {
    status: 404,
    en: 'Communication {id} carries no document and leads to none.',
    zh: '沟通 {id} 没有附带或链接的文书。',
  },
  'personalize.no-customer': {
    status: 404,
    en: 'There is no customer {customer} in the newest turn.',
    zh: '最近一轮数据中没有客户 {customer}。',
  },
  'personalize.kind-used': {
    status: 409,
    en: 'Kind "{kind}" stays: communications or live templates ({templates}) are of it.',
    zh: '不能删除类型“{kind}”：已有沟通记录或生效模板（{templates}）使用它。',
  },
})
