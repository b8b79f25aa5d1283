import { defineErrors } from '../../platform/errors.ts'

export const upliftErrors = defineErrors({
  'analyze.uplift-arms': {
    status: 400,
    en: '{file}: column "{column}" has the values {values}; say by --treated and --control which two are compared.',
    zh: '{file}：列“{column}”的取值为 {values}；请用 --treated 和 --control 指明比较哪两组。',
  },
  'analyze.uplift-no-arm': {
    status: 400,
    en: '{file}: column "{column}" is never "{value}"; it is one of {values}.',
    zh: '{file}：列“{column}”从不为“{value}”；其取值为 {values}。',
  },
  'analyze.uplift-one-arm': {
    status: 400,
    en: '{file}: column "{column}" is always "{value}": without a control group there is no effect to measure.',
    zh: '{file}：列“{column}”始终为“{value}”：没有对照组就无从衡量效果。',
  },
  'analyze.uplift-same-column': {
    status: 400,
    en: '--treatment and --outcome both name the column "{column}".',
    zh: '--treatment 与 --outcome 指向同一列“{column}”。',
  },
  'analyze.uplift-too-few': {
    status: 400,
    en: 'Of the {rows} rows {arm} only {fewer} have the rarer outcome; at least {least} are needed, half of them to learn from.',
    zh: '“{arm}”组的 {rows} 行中，较少的一类结果只有 {fewer} 行；至少需要 {least} 行（其中一半用于学习）。',
  },
})
