import { defineErrors } from '../../platform/errors.ts'

export const boostingErrors = defineErrors({
  'analyze.train-no-file': { status: 400, en: '{file} cannot be read ({code}).', zh: '无法读取 {file}（{code}）。' },
  'analyze.train-empty': { status: 400, en: '{file} has no rows.', zh: '{file} 中没有数据行。' },
  'analyze.train-open-quote': {
    status: 400,
    en: '{file}, line {line}: a quote is opened and never closed.',
    zh: '{file} 第 {line} 行：引号未闭合。',
  },
  'analyze.train-ragged': {
    status: 400,
    en: '{file}, line {line} has {cells} cells, the header has {columns}.',
    zh: '{file} 第 {line} 行有 {cells} 个单元格，表头有 {columns} 个。',
  },
  'analyze.train-column-twice': {
    status: 400,
    en: '{file} has two columns named "{column}".',
    zh: '{file} 中有两列同名：“{column}”。',
  },
  'analyze.train-no-column': {
    status: 400,
    en: '{file} has no column "{column}"; its columns are {columns}.',
    zh: '{file} 中没有列“{column}”；已有的列：{columns}。',
  },
  'analyze.train-no-number': {
    status: 400,
    en: '{file}, line {line}, column "{column}": "{value}" is no number; in training this column held numbers.',
    zh: '{file} 第 {line} 行，列“{column}”：“{value}”不是数字；训练时该列为数字。',
  },
  'analyze.train-no-date': {
    status: 400,
    en: '{file}, line {line}, column "{column}": "{value}" is no date (YYYY-MM-DD); in training this column held dates.',
    zh: '{file} 第 {line} 行，列“{column}”：“{value}”不是日期（YYYY-MM-DD）；训练时该列为日期。',
  },
  'analyze.train-one-class': {
    status: 400,
    en: '{file}: every row has the same label ("{label}" is always "{value}"): there is nothing to tell apart.',
    zh: '{file}：所有行的标签都相同（“{label}”始终为“{value}”），无从区分。',
  },
  'analyze.train-no-label': {
    status: 400,
    en: '{file}: label "{label}" is blank in every row.',
    zh: '{file}：标签“{label}”在所有行中均为空。',
  },
  'analyze.train-no-positive': {
    status: 400,
    en: '{file}: label "{label}" is never "{positive}"; it is one of {values}.',
    zh: '{file}：标签“{label}”从不为“{positive}”；其取值为 {values}。',
  },
  'analyze.train-which-positive': {
    status: 400,
    en: '{file}: label "{label}" is one of {values}; say by --positive which of them is yes.',
    zh: '{file}：标签“{label}”的取值为 {values}；请用 --positive 指明哪个表示“是”。',
  },
  'analyze.train-too-few': {
    status: 400,
    en: 'Only {fewer} of {rows} rows have the rarer label; at least {least} are needed to learn from.',
    zh: '{rows} 行中较少的一类只有 {fewer} 行；至少需要 {least} 行才能学习。',
  },
  'analyze.train-no-features': {
    status: 400,
    en: '{file}: no column is left to learn from: all are constant, blank, identifiers or excluded.',
    zh: '{file}：没有可供学习的列：全部为常量、空白、标识或已排除。',
  },
  'analyze.train-nothing-found': {
    status: 400,
    en: 'No column tells the two labels apart: on rows it had not seen the model was no better than the plain rate. There is no model.',
    zh: '没有任何列能区分两种标签：在未见行上，模型并不优于总体比例。因此没有模型。',
  },
  'analyze.train-no-optimum': {
    status: 500,
    en: 'The fit did not converge, so there is no model. Leave out columns that repeat each other, or train with --learner trees.',
    zh: '拟合未收敛，因此没有模型。请排除相互重复的列，或使用 --learner trees 训练。',
  },
  'analyze.train-too-large': {
    status: 400,
    en: '{rows} rows of {columns} columns do not fit into the memory a training may share (4 GiB). Train on a sample of the rows.',
    zh: '{rows} 行 {columns} 列超出训练可共享的内存（4 GiB）。请在行的抽样上训练。',
  },
  'analyze.train-option': {
    status: 400,
    en: '--{option} must be {wanted}, not "{value}".',
    zh: '--{option} 须为 {wanted}，而不是“{value}”。',
  },
  'analyze.train-missing-option': {
    status: 400,
    en: '--{option} is missing: {wanted}.',
    zh: '缺少 --{option}：{wanted}。',
  },
  'analyze.train-cannot-write': {
    status: 400,
    en: '{file} cannot be written ({code}).',
    zh: '无法写入 {file}（{code}）。',
  },
  'analyze.model-unreadable': {
    status: 400,
    en: '{file} is no model of this version: {reason}.',
    zh: '{file} 不是本版本的模型：{reason}。',
  },
})
