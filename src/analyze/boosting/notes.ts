import type { Text } from '../../platform/text.ts'
import type { Reading } from './cell-values.ts'

/** What the trainer tells a person beside its result. */
export const notes = {
  excluded: { en: 'excluded as asked', zh: '按要求排除' },
  blank: { en: 'blank in every row', zh: '所有行均为空' },
  constant: { en: 'the same value in every row', zh: '所有行的值都相同' },
  identifier: {
    en: 'a different value in (nearly) every row: it names customers, it does not describe them',
    zh: '（几乎）每行的值都不同：它标识客户，而不是描述客户',
  },
  odd: (odd: { column: string; line: number; value: string; count: number }, reading: Reading): Text =>
    reading === 'date'
      ? {
          en: `Column "${odd.column}": ${odd.count} values are no dates (first "${odd.value}" in line ${odd.line}); they were taken as missing.`,
          zh: `列“${odd.column}”：有 ${odd.count} 个值不是日期（首个为第 ${odd.line} 行的“${odd.value}”），按缺失处理。`,
        }
      : {
          en: `Column "${odd.column}": ${odd.count} values are no numbers (first "${odd.value}" in line ${odd.line}); they were taken as missing.`,
          zh: `列“${odd.column}”：有 ${odd.count} 个值不是数字（首个为第 ${odd.line} 行的“${odd.value}”），按缺失处理。`,
        },
  mixed: (others: number, line: number, value: string): Text => ({
    en: `mostly numbers, but ${others} values are none (first "${value}" in line ${line}): too many to take as missing`,
    zh: `大多为数字，但有 ${others} 个值不是（首个为第 ${line} 行的“${value}”）：过多，不能按缺失处理`,
  }),
  grouped: (line: number, value: string): Text => ({
    en: `numbers like "${value}" (line ${line}): write them with a decimal point and without separators, else they cannot be used`,
    zh: `形如“${value}”的数字（第 ${line} 行）：请使用小数点且不加分隔符，否则无法使用`,
  }),
  twice: (column: string, twice: { rows: number; value: string; line: number; before: number }): Text => ({
    en: `Column "${column}": ${twice.rows} rows repeat a value of an earlier row (first "${twice.value}" in line ${twice.line}, before in line ${twice.before}); whoever stands twice is learned from and judged by at once.`,
    zh: `列“${column}”：有 ${twice.rows} 行的值与之前的行重复（首个为第 ${twice.line} 行的“${twice.value}”，此前在第 ${twice.before} 行）；重复的客户会同时用于学习和评判。`,
  }),
  idTwice: (column: string, twice: { rows: number; value: string; line: number; before: number }): Text => ({
    en: `Column "${column}": ${twice.rows} rows repeat an id (first "${twice.value}" in line ${twice.line}, before in line ${twice.before}); each row was scored.`,
    zh: `列“${column}”：有 ${twice.rows} 行的编号重复（首个为第 ${twice.line} 行的“${twice.value}”，此前在第 ${twice.before} 行）；每行均已评分。`,
  }),
  idBlank: (column: string, rows: number, line: number): Text => ({
    en: `Column "${column}": ${rows} rows have no id (first in line ${line}); they were scored and stand without one.`,
    zh: `列“${column}”：有 ${rows} 行没有编号（首个在第 ${line} 行）；已评分，但无编号。`,
  }),
  unseen: (column: string, rows: number, value: string): Text => ({
    en: `Column "${column}": ${rows} rows have values that training did not know or found too rare to tell apart (such as "${value}"); they count as "other".`,
    zh: `列“${column}”：有 ${rows} 行的值在训练中未出现或过于罕见（如“${value}”），按“其他”处理。`,
  }),
  noLabel: (rows: number): Text => ({
    en: `${rows} rows have no label; they were left out.`,
    zh: `有 ${rows} 行没有标签，未参与训练。`,
  }),
  severalAnswers: (label: string, positive: string, answers: readonly string[]): Text => {
    const list = answers
      .filter(answer => answer !== positive)
      .slice(0, 8)
      .join(', ')
    return {
      en: `Label "${label}" has ${answers.length} values: "${positive}" is yes, all others (${list}) are no.`,
      zh: `标签“${label}”有 ${answers.length} 个值：“${positive}”为是，其余（${list}）均为否。`,
    }
  },
  leak: (column: string, auc: number, by: 'value' | 'missing' | 'group'): Text => {
    const figure = auc.toFixed(3)
    if (by === 'group')
      return {
        en: `Column "${column}" has a value that only rows with the rarer label have: was it really known beforehand? If not, leave it out with --exclude.`,
        zh: `列“${column}”中有一个值只出现在较少一类的行中：事前真的已知吗？若非如此，请用 --exclude 排除。`,
      }
    return by === 'value'
      ? {
          en: `Column "${column}" alone predicts the label with AUC ${figure}: was it really known beforehand? If not, leave it out with --exclude.`,
          zh: `仅凭列“${column}”预测标签，AUC 就达 ${figure}：事前真的已知吗？若非如此，请用 --exclude 排除。`,
        }
      : {
          en: `Whether column "${column}" is known at all predicts the label with AUC ${figure}: it may have been filled in afterwards. If so, leave it out with --exclude.`,
          zh: `列“${column}”是否有值就能预测标签，AUC 达 ${figure}：它可能是事后填写的。若是，请用 --exclude 排除。`,
        }
  },
  tooGood: (auc: number): Text => ({
    en: `The model predicts unseen rows with AUC ${auc.toFixed(4)}: better than behaviour can be known beforehand. Look for columns filled in afterwards.`,
    zh: `模型对未见行的 AUC 达 ${auc.toFixed(4)}：事前不可能如此了解客户行为。请检查是否有事后填写的列。`,
  }),
}
