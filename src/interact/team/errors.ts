import { defineErrors } from '../../platform/errors.ts'

export const teamErrors = defineErrors({
  'team.no-trial': { status: 404, en: 'There is no trial {trial}.', zh: '没有试验 {trial}。' },
  'team.trial-running': {
    status: 409,
    en: 'A trial runs on list {list} already. Close it first: two at once would mix their effects.',
    zh: '名单 {list} 上已有试验在进行。请先结束该试验：同时进行会混淆效果。',
  },
  'team.no-list': { status: 400, en: 'There is no list of campaign calls "{list}".', zh: '没有外呼活动名单“{list}”。' },
  'team.not-two-versions': {
    status: 400,
    en: 'Versions {a} and {b} of template {template} are not two approved versions of a call script. Choose two that differ.',
    zh: '模板 {template} 的版本 {a} 与 {b} 不是两个已批准的通话话术版本，请选择两个不同的版本。',
  },
  'team.trial-closed': { status: 409, en: 'Trial {trial} is decided already.', zh: '试验 {trial} 已作出决定。' },
  'team.no-sample': { status: 404, en: 'There is no listening sample {sample}.', zh: '没有听音样本 {sample}。' },
  'team.bad-score': {
    status: 400,
    en: 'Score every criterion from 1 to 5; "{criterion}" has none, or is not a criterion.',
    zh: '请对每项标准打 1 至 5 分；“{criterion}”未打分或不是评分标准。',
  },
  'team.week-to-come': { status: 400, en: 'The week of {week} has not begun.', zh: '{week} 所在的一周尚未开始。' },
  'team.no-circle': { status: 404, en: 'There is no circle {circle}.', zh: '没有改进循环 {circle}。' },
  'team.bad-period': {
    status: 400,
    en: '"From" {from} lies behind "to" {to}, or they are more than 400 days apart.',
    zh: '开始日期 {from} 晚于结束日期 {to}，或两者相距超过 400 天。',
  },
  'team.circle-early': {
    status: 409,
    en: 'The circle cannot go on to "{state}": fill in {missing} first.',
    zh: '循环不能进入“{state}”：请先填写 {missing}。',
  },
})
