import { defineErrors } from '../../platform/errors.ts'

export const surveyErrors = defineErrors({
  'survey.missing': { status: 404, en: 'There is no survey {id}.', zh: '没有调查 {id}。' },
  'survey.not-draft': {
    status: 409,
    en: 'Survey {id} is {state}: answers would not fit other questions. Make a copy and change that.',
    zh: '调查 {id} 的状态为 {state}，修改问题会使已有答案失效。请复制后再修改。',
  },
  'survey.not-live': {
    status: 409,
    en: 'Survey {id} is {state} and takes no answers.',
    zh: '调查 {id} 的状态为 {state}，不接受答案。',
  },
  'survey.bad-answer': {
    status: 400,
    en: 'An answer is none of those that can be chosen. Choose again.',
    zh: '所选答案无效，请重新选择。',
  },
  'survey.nobody': {
    status: 409,
    en: 'Nobody is left to ask: everybody chosen was asked already or has no address for {channel}.',
    zh: '没有可询问的客户：所选客户均已询问，或没有可用于{channel}的地址。',
  },
})
