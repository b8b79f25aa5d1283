import { defineErrors } from '../../platform/errors.ts'

/** What authors can get wrong; `where` names the template or fragment, the block and the field. */
export const designErrors = defineErrors({
  'personalize.design-unreadable': {
    status: 400,
    en: '{where}: this is not a design ({problem}).',
    zh: '{where}：不是有效的设计（{problem}）。',
  },
  'personalize.design-problems': {
    status: 409,
    en: '{where}: {first} ({count} to be put right before it can go on.)',
    zh: '{where}：{first}（需先改正 {count} 处才能继续。）',
  },
  'personalize.no-fragment': {
    status: 409,
    en: 'Block {block} stands for the fragment "{fragment}", of which no version is approved for that day.',
    zh: '内容块 {block} 引用的片段“{fragment}”在该日期没有已批准的版本。',
  },
  'personalize.fragment-circle': {
    status: 409,
    en: 'Fragments stand in one another in a circle, or more than five deep: {path}.',
    zh: '片段相互嵌套成环或超过五层：{path}。',
  },
})
