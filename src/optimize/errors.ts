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
  'optimize.limit-unknown-offer': {
    status: 400,
    en: 'A budget, quota or rule of the plan names the offer "{offer}", which does not exist.',
    zh: '方案的预算、配额或规则提到了不存在的优惠“{offer}”。',
  },
  'optimize.no-such-offer': {
    status: 404,
    en: 'There is no offer "{offer}".',
    zh: '没有编号为“{offer}”的优惠。',
  },
  'optimize.offer-without-channel': {
    status: 400,
    en: 'Offer "{offer}" would go by no channel. Leave at least one.',
    zh: '优惠“{offer}”没有任何渠道，请至少保留一个。',
  },
  'optimize.limit-unknown-segment': {
    status: 400,
    en: 'A budget or quota of the plan names the segment "{segment}", which does not exist.',
    zh: '方案的预算或配额提到了不存在的客户类别“{segment}”。',
  },
  'optimize.no-open-complaint': {
    status: 409,
    en: 'Customer {customer} has no open complaint.',
    zh: '客户 {customer} 没有未结的投诉。',
  },
  'optimize.no-settings': {
    status: 409,
    en: 'There are no {what} yet. Load the sample company (huiyin sample) or your own settings first.',
    zh: '尚无{what}。请先载入示例公司（huiyin sample）或自己的设置。',
  },
  'optimize.infeasible': {
    status: 422,
    exit: 1,
    en: 'No plan keeps all limits: {names} ({limits}) contradict each other. Relax one of them and run the turn again.',
    zh: '没有方案能同时满足全部限制：{names}（{limits}）相互冲突。请放宽其中之一后重新运行本轮。',
  },
  'optimize.no-plan-found': {
    status: 422,
    exit: 1,
    en: 'No whole-number plan was found that keeps {names} ({limits}). They do not contradict each other, but leave too little room.',
    zh: '未找到满足{names}（{limits}）的整数方案。这些限制并不矛盾，但余地过小。',
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
  'optimize.unknown-limit': {
    status: 400,
    en: 'The plan has no limit "{limit}".',
    zh: '该方案没有名为“{limit}”的限制。',
  },
  'optimize.limit-crossed': {
    status: 400,
    en: 'The minimum of "{limit}", {min}, is above its maximum, {max}.',
    zh: '“{limit}”的下限 {min} 高于上限 {max}。',
  },
  'optimize.no-such-plan': { status: 404, en: 'There is no plan {plan}.', zh: '没有编号为 {plan} 的方案。' },
  'optimize.no-such-scenario': {
    status: 404,
    en: 'There is no scenario {scenario}.',
    zh: '没有编号为 {scenario} 的情景。',
  },
  'optimize.plan-not-kept': {
    status: 409,
    en: 'The options of plan {plan} are no longer kept, so it can be shown but not solved again. Use a newer plan.',
    zh: '方案 {plan} 的选项已不再保留：可以查看，但无法重新求解。请使用较新的方案。',
  },
  'optimize.scenario-without-plan': {
    status: 409,
    en: 'Scenario {scenario} has no plan: its limits contradict each other. Change one of them first.',
    zh: '情景 {scenario} 没有方案：其限制相互冲突。请先修改其中之一。',
  },
  'optimize.plan-used': {
    status: 409,
    en: 'A campaign has already carried out plan {plan}. Approve a newer plan or a scenario.',
    zh: '方案 {plan} 已由客户活动执行。请批准较新的方案或情景。',
  },
  'optimize.second-person': {
    status: 409,
    en: 'You have already approved plan {plan}. Two people have to: the second must be somebody else.',
    zh: '您已批准方案 {plan}。须由两人批准：第二位必须是其他人。',
  },
  'optimize.not-approved': {
    status: 409,
    en: 'Plan {plan} is not approved, so there is nothing to take back.',
    zh: '方案 {plan} 尚未批准，无可撤回。',
  },
  'optimize.policy-changed': {
    status: 409,
    en: 'Somebody released version {version} of the contact policy meanwhile. Look at it and make your change again.',
    zh: '期间他人已发布接触策略第 {version} 版。请查看后重新修改。',
  },
  'optimize.no-such-version': {
    status: 404,
    en: 'The contact policy has no version {version}.',
    zh: '接触策略没有第 {version} 版。',
  },
  'optimize.no-such-task': {
    status: 404,
    en: 'This calculation is no longer known. Start it again.',
    zh: '该计算已不存在，请重新开始。',
  },
})
