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
  'analyze.rule-number-too-large': {
    status: 400,
    en: 'Segment "{segment}": {value} is too large for the whole numbers of "{feature}"; use one within ±9007199254740991.',
    zh: '客户类别“{segment}”：{value} 超出“{feature}”整数的范围；请使用 ±9007199254740991 以内的数。',
  },
  'analyze.rule-no-such-choice': {
    status: 400,
    en: 'Segment "{segment}": "{feature}" is never "{value}"; it is one of {choices}.',
    zh: '客户类别“{segment}”：“{feature}”不会是“{value}”；可取值为 {choices}。',
  },
  'analyze.segments-name-file': {
    status: 400,
    en: 'Name a rules file: `huiyin segments check RULES.json`; `--schema` prints what may stand in it.',
    zh: '请给出规则文件：`huiyin segments check RULES.json`；用 `--schema` 可输出其格式。',
  },
  'analyze.segments-date': {
    status: 400,
    en: '"{date}" is not a date; write it as 2010-12-01.',
    zh: '“{date}”不是日期，请写成 2010-12-01 的形式。',
  },
  'analyze.segments-no-file': {
    status: 400,
    en: 'The rules file {file} cannot be read: {reason}.',
    zh: '无法读取规则文件 {file}：{reason}。',
  },
  'analyze.segments-unreadable': {
    status: 400,
    en: '{file}, line {line}, column {column}: {reason}.',
    zh: '{file} 第 {line} 行第 {column} 列：{reason}。',
  },
  'analyze.segments-code': {
    status: 400,
    en: 'Segment code "{segment}" in {file}: use capital letters, digits and hyphens, at most 40.',
    zh: '{file} 中的客户类别代码“{segment}”：请使用大写字母、数字和连字符，最多 40 个字符。',
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
  'analyze.segments-overlap': {
    status: 409,
    en: '{customers} customers are in more than one segment: the rules overlap. Let them be tried in order, or narrow one.',
    zh: '有 {customers} 位客户同时属于多个类别：规则重叠。请改为按顺序判断，或收窄其中一条规则。',
  },
  'analyze.no-such-version': {
    status: 404,
    en: 'There is no version {version} of the segments.',
    zh: '客户类别没有版本 {version}。',
  },
  'analyze.version-not-draft': {
    status: 409,
    en: 'Version {version} of the segments is no draft any more ({state}). Start a new draft from it.',
    zh: '客户类别版本 {version} 已不是草稿（{state}）。请以其为基础新建草稿。',
  },
  'analyze.version-changed': {
    status: 409,
    en: '{who} saved draft {version} since you opened it. Open it again, or keep yours as a new draft.',
    zh: '自您打开以来，{who} 已保存草稿 {version}。请重新打开，或将您的内容另存为新草稿。',
  },
  'analyze.version-not-asked': {
    status: 409,
    en: 'Nobody has asked for approval of version {version} ({state}).',
    zh: '版本 {version} 尚未提交审批（{state}）。',
  },
  'analyze.version-second-person': {
    status: 409,
    en: 'Version {version} must be approved by another person than the one who made it or asked for it.',
    zh: '版本 {version} 须由编制人或提交人以外的人批准。',
  },
  'analyze.version-refuted': {
    status: 409,
    en: 'The rules are refuted: {why}. Mend them before asking for approval.',
    zh: '规则被证伪：{why}。请修正后再提交审批。',
  },
  'analyze.no-such-trial': { status: 404, en: 'There is no trial {trial}.', zh: '没有编号为 {trial} 的试算。' },
  'analyze.trial-running': {
    status: 409,
    en: 'Trial {trial} of this draft is still running.',
    zh: '该草稿的试算 {trial} 仍在进行。',
  },
  'analyze.no-such-suggestion': {
    status: 404,
    en: 'There is no suggestion {suggestion}.',
    zh: '没有编号为 {suggestion} 的建议。',
  },
  'analyze.suggestion-too-few': {
    status: 409,
    en: 'Only {customers} customers can be grouped; clustering needs at least {least}.',
    zh: '仅有 {customers} 位客户可供聚类；至少需要 {least} 位。',
  },
  'analyze.matrix-cuts': {
    status: 400,
    en: 'The limits of the matrix must rise from one to the next.',
    zh: '矩阵的界限值必须依次递增。',
  },
  'analyze.matrix-cells': {
    status: 400,
    en: 'The matrix needs a strategy for each of its {cells} cells.',
    zh: '矩阵的 {cells} 个单元格均须有对应策略。',
  },
  'analyze.no-such-person': { status: 404, en: 'There is no user {user}.', zh: '没有用户 {user}。' },
  'analyze.no-such-segment': { status: 404, en: 'There is no segment "{segment}".', zh: '没有客户类别“{segment}”。' },
})
