import { defineErrors } from '../platform/errors.ts'

export const optimizeErrors = defineErrors({
  'optimize.settings-unreadable': {
    status: 400,
    en: '{file} cannot be used: {reason}.',
    zh: '无法使用 {file}：{reason}。',
  },
  'optimize.offer-twice': {
    status: 400,
    en: 'Offer "{offer}" is defined twice in {file}.',
    zh: '优惠“{offer}”在 {file} 中定义了两次。',
  },
  'optimize.offer-unknown-channel': {
    status: 400,
    en: 'Offer "{offer}" names the channel "{channel}", which the contact policy does not know.',
    zh: '优惠“{offer}”使用了渠道“{channel}”，联系策略中没有该渠道。',
  },
  'optimize.offer-unknown-feature': {
    status: 400,
    en: 'Offer "{offer}" asks for the feature "{feature}", which does not exist.',
    zh: '优惠“{offer}”使用了不存在的特征“{feature}”。',
  },
  'optimize.no-settings': {
    status: 409,
    en: 'There are no {what} yet. Load the sample company (huiyin sample) or your own settings first.',
    zh: '尚无{what}。请先载入示例公司（huiyin sample）或自己的设置。',
  },
  'optimize.infeasible': {
    status: 422,
    exit: 1,
    en: 'No plan keeps all limits: {limits} contradict each other. Relax one of them and run the turn again.',
    zh: '没有方案能同时满足全部限制：{limits} 相互冲突。请放宽其中之一后重新运行本轮。',
  },
  'optimize.no-plan-found': {
    status: 422,
    exit: 1,
    en: 'No whole-number plan was found that keeps {limits}. They do not contradict each other, but leave too little room.',
    zh: '未找到满足 {limits} 的整数方案。这些限制并不矛盾，但余地过小。',
  },
  'optimize.no-plan': {
    status: 404,
    en: 'There is no plan yet. A turn makes one.',
    zh: '尚无方案。运行一轮后即会生成。',
  },
  'optimize.bad-number': {
    status: 400,
    en: '--{option} must be a number above 0, not "{value}".',
    zh: '--{option} 必须是大于 0 的数字，而不是“{value}”。',
  },
})
