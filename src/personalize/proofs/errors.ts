import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors({
  'personalize.proof-no-turn': {
    status: 409,
    en: 'There are no customers yet: run a turn, then choose the hardest of them.',
    zh: '尚无客户数据：请先运行一轮，再挑选最难的客户。',
  },
  'personalize.proof-member': {
    status: 404,
    en: 'There is no document {member} in the proof set of {template}.',
    zh: '模板 {template} 的校样集中没有编号为 {member} 的文档。',
  },
  'personalize.proof-run': {
    status: 404,
    en: 'There is no proof {run} of template {template}.',
    zh: '模板 {template} 没有编号为 {run} 的校样。',
  },
  'personalize.proof-empty': {
    status: 409,
    en: 'The proof set of {template} is empty: choose the hardest customers, or add one by hand.',
    zh: '模板 {template} 的校样集为空：请自动挑选最难的客户，或手工添加。',
  },
  'personalize.proof-gone': {
    status: 410,
    en: 'The customers this proof was made of have been replaced by a later turn: make a new proof.',
    zh: '该校样所用的客户数据已被之后的一轮取代：请重新制作校样。',
  },
  'personalize.proof-example': {
    status: 400,
    en: 'The example row does not fit template {template}: {problem}',
    zh: '示例数据不符合模板 {template} 的要求：{problem}',
  },
  'personalize.proof-page': {
    status: 404,
    en: 'Document {member} has no page {page} in version {version}.',
    zh: '文档 {member} 在第 {version} 版中没有第 {page} 页。',
  },
})
