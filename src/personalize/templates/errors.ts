import { defineErrors } from '../../platform/errors.ts'

export const contentErrors = defineErrors({
  'personalize.no-draft': { status: 404, en: 'There is no draft {draft}.', zh: '没有草稿 {draft}。' },
  'personalize.no-content': { status: 404, en: 'There is no {kind} "{id}".', zh: '没有{kind}“{id}”。' },
  'personalize.no-content-version': {
    status: 404,
    en: '"{id}" has no version {version}.',
    zh: '“{id}”没有第 {version} 版。',
  },
  'personalize.content-id': {
    status: 400,
    en: '"{id}" cannot be a name: letters a–z, digits and -, beginning with a letter, at most 40.',
    zh: '“{id}”不能用作名称：只能用小写字母、数字和 -，以字母开头，最长 40。',
  },
  'personalize.content-exists': {
    status: 409,
    en: 'There is a {kind} "{id}" already: start a draft of it, or choose another name.',
    zh: '{kind}“{id}”已存在：请为其新建草稿，或换一个名称。',
  },
  'personalize.draft-changed': {
    status: 409,
    en: '{who} saved draft {draft} meanwhile (it is at revision {revision} now). Load it again before you go on.',
    zh: '{who}已保存过草稿 {draft}（现为第 {revision} 次修订）。请重新载入后再继续。',
  },
  'personalize.draft-state': {
    status: 409,
    en: 'Draft {draft} is {state}; this can be done only with one that is {wanted}.',
    zh: '草稿 {draft} 的状态为“{state}”，此操作仅适用于“{wanted}”。',
  },
  'personalize.second-person': {
    status: 403,
    en: 'Whoever wrote draft {draft} or asked for its approval cannot approve it: another person has to.',
    zh: '编写或提交草稿 {draft} 的人不能批准它，须由另一人批准。',
  },
  'personalize.dates-crossed': {
    status: 400,
    en: 'It would end ({to}) before it begins ({from}).',
    zh: '结束日期（{to}）早于开始日期（{from}）。',
  },
  'personalize.proofs-open': {
    status: 409,
    en: 'The proofs of version {version} of template {template} are {state}: look at them before it is approved.',
    zh: '模板 {template} 第 {version} 版的校样{state}：请先查看校样再批准。',
  },
  'personalize.example-fails': {
    status: 409,
    en: '{where}: the example "{example}" cannot be composed: {reason}',
    zh: '{where}：示例“{example}”无法生成：{reason}',
  },
  'personalize.still-used': {
    status: 409,
    en: 'Fragment "{fragment}" stands in live templates ({templates}); take it out of them first.',
    zh: '片段“{fragment}”仍用于生效中的模板（{templates}），请先从模板中移除。',
  },
})
