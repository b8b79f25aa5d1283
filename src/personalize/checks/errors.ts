import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors({
  'personalize.no-check': {
    status: 404,
    en: 'There is no check {check} of campaign {campaign}.',
    zh: '活动 {campaign} 没有编号为 {check} 的检查。',
  },
  'personalize.nothing-to-check': {
    status: 409,
    en: 'There is no campaign to check: run a turn, or say --template and --data to check rows of a file.',
    zh: '没有可检查的活动：请先运行一轮，或用 --template 和 --data 检查文件中的数据行。',
  },
})
