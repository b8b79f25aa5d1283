import { defineErrors } from '../../platform/errors.ts'

export const featureErrors = defineErrors({
  'analyze.no-such-feature': { status: 404, en: 'There is no feature "{feature}".', zh: '没有特征“{feature}”。' },
  'analyze.no-such-own-feature': {
    status: 404,
    en: 'The company has declared no feature "{feature}"; those that come with the product cannot be changed.',
    zh: '企业没有自定义特征“{feature}”；产品自带的特征不能修改。',
  },
  'analyze.feature-exists': {
    status: 409,
    en: 'There is a feature called "{name}" already ({feature}). Choose another name, or change that one.',
    zh: '已有名为“{name}”的特征（{feature}）。请换一个名称，或修改该特征。',
  },
  'analyze.feature-other-kind': {
    status: 409,
    en: '"{name}" cannot turn from a number into a text or a list: rules compare with it. Declare a new feature instead.',
    zh: '“{name}”不能在数字、文本和列表之间转换，因为已有规则与其比较。请另行声明新特征。',
  },
  'analyze.feature-in-use': {
    status: 409,
    en: '"{name}" cannot be withdrawn while segments ask for it: {segments}. Change their rules first.',
    zh: '“{name}”正被下列客户类别使用，不能撤回：{segments}。请先修改其规则。',
  },
  'analyze.feature-unknown-code': {
    status: 400,
    en: 'No purchase was ever of {field} "{code}". Check the code in the product catalogue.',
    zh: '从未有购买属于{field}“{code}”。请在产品目录中核对代码。',
  },
})
