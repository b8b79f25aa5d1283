import { defineErrors } from '../../platform/errors.ts'

export const qualityErrors = defineErrors({
  'quality.rule-unknown': {
    status: 404,
    en: 'There is no quality rule "{rule}".',
    zh: '没有名为“{rule}”的质量规则。',
  },
  'quality.rule-exists': {
    status: 409,
    en: 'There is a quality rule "{rule}" already. Choose another name, or change that one.',
    zh: '已有名为“{rule}”的质量规则。请另取名称，或修改该规则。',
  },
  'quality.rule-changed': {
    status: 409,
    en: 'Somebody changed the rule "{rule}" meanwhile. Open it again and repeat your change.',
    zh: '规则“{rule}”已被他人修改。请重新打开并再次修改。',
  },
  'quality.rule-bad': {
    status: 400,
    en: 'The rule "{rule}" cannot be carried out: {reason}.',
    zh: '规则“{rule}”无法执行：{reason}。',
  },
  'quality.rules-file-bad': {
    status: 400,
    en: 'The file of rules is not right: {reason}.',
    zh: '规则文件有误：{reason}。',
  },
  'quality.check-running': {
    status: 409,
    en: 'A check is under way already. Its figures appear when it is done.',
    zh: '检查正在进行，完成后将显示结果。',
  },
})
