import { defineErrors } from '../../platform/errors.ts'

export const archiveErrors = defineErrors({
  'archive.past-retention': {
    status: 410,
    exit: 1,
    en: 'Communication {id} is past its retention: what it said was deleted under the rule for "{kind}" ({years} years). That it was sent is still on record.',
    zh: '通信 {id} 已过保存期限：其内容已按“{kind}”的保存规则（{years} 年）删除，仅保留发送记录。',
  },
  'archive.bytes-damaged': {
    status: 500,
    exit: 1,
    en: 'The kept bytes of communication {id} do not have the SHA-256 of the ledger ({sha256}): the archive file {file} is damaged. Restore it from a backup.',
    zh: '通信 {id} 保存的原件与台账的 SHA-256（{sha256}）不符：归档文件 {file} 已损坏，请从备份恢复。',
  },
  'archive.not-writable': {
    status: 500,
    exit: 1,
    en: 'The archive folder {folder} cannot be written: {reason}. Nothing is sent whose bytes the law wants kept until it can.',
    zh: '归档目录 {folder} 无法写入：{reason}。在恢复之前，依法须保存原件的通信不会发送。',
  },
  'archive.bad-cursor': {
    status: 400,
    en: 'This place in the list is not one the server gave. Start the search again.',
    zh: '列表位置无效，请重新搜索。',
  },
  'archive.words-too-short': {
    status: 400,
    en: 'Look for a whole word, a number, or at least two Chinese characters, not "{words}".',
    zh: '请输入完整的单词、数字或至少两个汉字，而不是“{words}”。',
  },
  'archive.words-need-content': {
    status: 403,
    en: 'Looking into documents is for those who may read them.',
    zh: '只有可查看文档内容的人员才能按内容搜索。',
  },
  'archive.no-hold': {
    status: 404,
    en: 'There is no legal hold {hold} in force.',
    zh: '没有生效中的法律保留 {hold}。',
  },
  'archive.hold-of-nothing': {
    status: 400,
    en: 'Name at least one customer or communication that the hold covers.',
    zh: '请至少指定一个被保留的客户或通信。',
  },
})
