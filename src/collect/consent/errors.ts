import { defineErrors } from '../../platform/errors.ts'

export const consentErrors = defineErrors({
  'consent.no-purpose': {
    status: 400,
    en: 'There is no purpose "{purpose}". Known: {known}.',
    zh: '没有目的“{purpose}”。可用：{known}。',
  },
  'consent.channel': {
    status: 400,
    en: 'Consent for "{purpose}" needs a channel: email, sms, call or letter; not "{channel}".',
    zh: '“{purpose}”的同意须指明渠道：email、sms、call 或 letter，而不是“{channel}”。',
  },
  'consent.no-channel': {
    status: 400,
    en: 'Consent for "{purpose}" is given for all channels at once; leave out "{channel}".',
    zh: '“{purpose}”的同意不区分渠道，请不要填写“{channel}”。',
  },
  'consent.future': {
    status: 400,
    en: 'A statement cannot be of a time still to come ({at}).',
    zh: '声明的时间不能晚于现在（{at}）。',
  },
  'consent.preference': {
    status: 400,
    en: '"{value}" is no value for the preference "{name}": {expected}.',
    zh: '“{value}”不是偏好“{name}”的有效值：{expected}。',
  },
  'consent.no-wording': {
    status: 400,
    en: 'There is no version {version} of the wording "{wording}".',
    zh: '措辞“{wording}”没有第 {version} 版。',
  },
  'consent.wording-kept': {
    status: 409,
    en: 'Version {version} of the wording "{wording}" exists already. Wordings are never changed; add a version.',
    zh: '措辞“{wording}”的第 {version} 版已存在。措辞不可修改，请新增版本。',
  },
  'consent.no-list': {
    status: 404,
    exit: 2,
    en: 'There is no suppression list "{list}". Lists: {known}.',
    zh: '没有名为“{list}”的禁发名单。现有名单：{known}。',
  },
  'consent.list-exists': {
    status: 409,
    en: 'A suppression list "{list}" exists already.',
    zh: '禁发名单“{list}”已存在。',
  },
  'consent.key-kind': {
    status: 400,
    en: 'Entries are of a kind: {known}; not "{kind}".',
    zh: '条目类型应为：{known}，而不是“{kind}”。',
  },
  'consent.no-entries': {
    status: 400,
    en: 'The file holds no line that can be read as {kind}. Nothing was changed.',
    zh: '文件中没有可识别为 {kind} 的行，未作任何更改。',
  },
})
