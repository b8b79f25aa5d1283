import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors({
  'interact.nothing-to-print': {
    status: 409,
    exit: 1,
    en: 'Nothing is waiting to be printed: every delivered document of the newest turn stands in a print run already.',
    zh: '没有待打印的文档：最近一轮已投递的文档都已在打印作业中。',
  },
  'interact.no-print-run': {
    status: 404,
    exit: 1,
    en: 'There is no print run {id}.',
    zh: '没有打印作业 {id}。',
  },
  'interact.no-print-piece': {
    status: 404,
    exit: 1,
    en: 'Print run {id} has no piece {pieces}; its pieces are 1 to {last}.',
    zh: '打印作业 {id} 中没有信件 {pieces}；编号为 1 至 {last}。',
  },
  'interact.print-report-row': {
    status: 400,
    exit: 2,
    en: 'Row {row} of the report: {problem}. A report has the columns piece and state (inserted, damaged or missing), and perhaps note.',
    zh: '回执第 {row} 行有误：{problem}。回执应有 piece 与 state（inserted、damaged 或 missing）两列，可另有 note。',
  },
  'interact.no-print-file': {
    status: 404,
    exit: 1,
    en: 'Print run {id} has no finished file {file}.',
    zh: '打印作业 {id} 没有已完成的文件 {file}。',
  },
})
