import { defineErrors } from '../../platform/errors.ts'

export const registryErrors = defineErrors({
  'analyze.no-such-model': {
    status: 404,
    en: 'There is no model "{model}" in the newest turn.',
    zh: '最近一轮中没有模型“{model}”。',
  },
  'analyze.no-such-version': {
    status: 404,
    en: 'Model "{model}" has no version {version}.',
    zh: '模型“{model}”没有版本 {version}。',
  },
  'analyze.version-forgotten': {
    status: 409,
    en: 'Version {version} of "{model}" is too old: what it needs to score is no longer kept. Train anew.',
    zh: '“{model}”的版本 {version} 太旧，评分所需的数据已不再保留。请重新训练。',
  },
  'analyze.version-other-definition': {
    status: 409,
    en: 'Version {version} was trained on another definition of leaving than the one in the settings. Change the settings or train anew.',
    zh: '版本 {version} 训练时所用的流失定义与设置中的不同。请修改设置或重新训练。',
  },
  'analyze.version-in-use': {
    status: 409,
    en: 'Version {version} is in use; approve another one in its place.',
    zh: '版本 {version} 正在使用；请改为批准另一版本。',
  },
  'analyze.cannot-train': {
    status: 409,
    en: 'Model "{model}" is fitted in every turn; there is nothing to train or approve.',
    zh: '模型“{model}”在每一轮中拟合，无需训练或批准。',
  },
})
