import { defineErrors } from '../../platform/errors.ts'

export const verdictErrors = defineErrors({
  'analyze.nothing-to-correct': {
    status: 409,
    en: 'Nothing is known against “{subject}”: what was said of it held, or too little has come back to tell.',
    zh: '没有针对“{subject}”的证据：其预测成立，或反馈尚少、无法判断。',
  },
  'analyze.corrected-by-plan': {
    status: 409,
    en: 'Customers of “{subject}” answer otherwise than predicted throughout: no condition of the rules tells them apart. The next plan takes this into account by its calibration (page Plan, “rests on”).',
    zh: '“{subject}”的客户整体上与预测不同，没有规则条件能加以区分。下一个方案会通过校准将其计入（方案页“依据”）。',
  },
  'analyze.fitted-each-turn': {
    status: 409,
    en: 'The value expected of “{subject}” is off throughout: no condition of the rules tells the customers apart. The value models are fitted anew at every turn, so the next one has learned from it.',
    zh: '“{subject}”的预期价值整体偏差，没有规则条件能加以区分。价值模型每轮重新拟合，下一轮已从中学习。',
  },
  'analyze.trains-each-turn': {
    status: 409,
    en: 'The churn model is set to learn anew at every turn: the next turn has learned from this without anybody’s doing. To decide about each training yourself, change “when to train” on the page Models, Churn.',
    zh: '流失模型已设为每轮重新训练：下一轮会自动从中学习。若要自行决定每次训练，请在“模型 · 流失”页更改训练时机。',
  },
  'analyze.no-such-correction': {
    status: 404,
    en: 'There is no correction {correction}.',
    zh: '没有编号为 {correction} 的修正。',
  },
  'analyze.correction-decided': {
    status: 409,
    en: 'Correction {correction} is no longer waiting: somebody has decided about it.',
    zh: '修正 {correction} 已不在等待中：已有人作出决定。',
  },
  'analyze.correction-waits': {
    status: 409,
    en: 'A correction of “{subject}” is waiting for approval already (number {correction}).',
    zh: '“{subject}”已有一项修正在等待批准（编号 {correction}）。',
  },
  'analyze.correction-not-used-yet': {
    status: 409,
    en: 'Correction {correction} of “{subject}” has been approved and holds from the next turn on: what it brings is seen then.',
    zh: '“{subject}”的修正 {correction} 已获批准，自下一轮起生效：届时可见其效果。',
  },
  'analyze.correction-second-person': {
    status: 403,
    en: 'Correction {correction} must be approved by another person than the one who asked for it.',
    zh: '修正 {correction} 须由提出者以外的另一人批准。',
  },
  'analyze.need-not-judged': {
    status: 409,
    en: 'What came back speaks of version {version} of need “{need}”, which proposes nothing any more. Once a newer version has proposed for 90 days, it is judged itself.',
    zh: '反馈针对的是需求“{need}”的第 {version} 版，该版已不再推荐。新版本推荐满 90 天后会单独评判。',
  },
  'analyze.correction-outdated': {
    status: 409,
    en: 'Since correction {correction} was asked for, “{subject}” has been changed by somebody else: approving it would undo that. Refuse it and propose it anew.',
    zh: '修正 {correction} 提出之后，“{subject}”已被他人更改，批准会撤销该更改。请先驳回，再重新提出。',
  },
  'analyze.correction-overtaken': {
    status: 409,
    en: 'Correction {correction} of “{subject}” is no longer what holds: it has been changed again since. Change it where it is kept now.',
    zh: '“{subject}”的修正 {correction} 已不是现行内容：其后又有更改。请在其现行位置修改。',
  },
  'analyze.correction-not-in-force': {
    status: 409,
    en: 'Correction {correction} has not been approved, or has been taken back already: there is nothing to take back.',
    zh: '修正 {correction} 未获批准或已撤销：没有可撤销的内容。',
  },
  'analyze.nothing-before': {
    status: 409,
    en: 'Before correction {correction} there was no version of “{subject}” that could be used again.',
    zh: '修正 {correction} 之前，“{subject}”没有可重新启用的版本。',
  },
})
