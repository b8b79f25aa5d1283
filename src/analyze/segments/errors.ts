import { defineErrors } from '../../platform/errors.ts'

export const segmentErrors = defineErrors({
  'analyze.rule-unknown-feature': {
    status: 400,
    en: 'Segment "{segment}": there is no feature "{feature}".',
    zh: '客户类别“{segment}”：没有名为“{feature}”的特征。',
  },
  'analyze.rule-wrong-comparison': {
    status: 400,
    en: 'Segment "{segment}": feature "{feature}" cannot be compared by "{op}".',
    zh: '客户类别“{segment}”：特征“{feature}”不能用“{op}”比较。',
  },
  'analyze.rule-wrong-value': {
    status: 400,
    en: 'Segment "{segment}": "{value}" is not a value that "{feature}" can be compared with.',
    zh: '客户类别“{segment}”：“{value}”不是“{feature}”可比较的值。',
  },
  'analyze.rule-no-such-choice': {
    status: 400,
    en: 'Segment "{segment}": "{feature}" is never "{value}"; it is one of {choices}.',
    zh: '客户类别“{segment}”：“{feature}”不会是“{value}”；可取值为 {choices}。',
  },
  'analyze.segments-unreadable': {
    status: 400,
    en: 'The segments in {file} cannot be read: {reason}.',
    zh: '无法读取 {file} 中的客户类别：{reason}。',
  },
  'analyze.segments-twice': {
    status: 400,
    en: 'Segment "{segment}" is defined twice in {file}.',
    zh: '客户类别“{segment}”在 {file} 中定义了两次。',
  },
  'analyze.segments-broken': {
    status: 500,
    en: 'Segmentation run {run} put {members} of {customers} customers into segments, {none} of them into none, against the proof. Nothing was changed; please report this with the rules.',
    zh: '第 {run} 次分类运行把 {customers} 位客户中的 {members} 位归类（{none} 位未归类），与证明不符。未作任何更改；请连同规则一起报告。',
  },
  'analyze.segments-incomplete': {
    status: 409,
    en: '{customers} customers are in no segment: the rules leave a gap. Add a last segment without conditions for everybody else.',
    zh: '有 {customers} 位客户不属于任何类别：规则存在空缺。请在最后添加一个没有条件的类别，收纳其余所有客户。',
  },
  'analyze.no-segments': {
    status: 409,
    en: 'No segments are defined. Load some with `huiyin sample`, or `huiyin segments load FILE.json`.',
    zh: '尚未定义客户类别。请用 `huiyin sample` 或 `huiyin segments load 文件.json` 载入。',
  },
  'analyze.no-such-segment': { status: 404, en: 'There is no segment "{segment}".', zh: '没有客户类别“{segment}”。' },
})
