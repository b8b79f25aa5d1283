import { defineErrors } from '../platform/errors.ts'

/** What a person can meet while bringing data in. Each message says which file and what to do. */
export const collectErrors = defineErrors({
  'collect.file-missing': {
    status: 404,
    exit: 2,
    en: 'The file "{file}" does not exist.',
    zh: '文件“{file}”不存在。',
  },
  'collect.file-unreadable': {
    status: 400,
    en: 'The file "{file}" cannot be read: {reason}.',
    zh: '无法读取文件“{file}”：{reason}。',
  },
  'collect.file-empty': {
    status: 400,
    en: 'The file "{file}" is empty. Nothing was imported.',
    zh: '文件“{file}”是空的，没有导入任何数据。',
  },
  'collect.file-no-rows': {
    status: 400,
    en: 'The file "{file}" has a header but no rows. Nothing was imported.',
    zh: '文件“{file}”只有表头，没有数据行，没有导入任何数据。',
  },
  'collect.file-binary': {
    status: 400,
    en: 'The file "{file}" is not text: byte {byte} cannot occur in a {format} file.',
    zh: '文件“{file}”不是文本：第 {byte} 个字节不可能出现在 {format} 文件中。',
  },
  'collect.file-encoding': {
    status: 400,
    en: 'The file "{file}" is not valid {encoding}. Save it as UTF-8, or name its encoding in the mapping.',
    zh: '文件“{file}”不是有效的 {encoding} 编码。请另存为 UTF-8，或在映射中注明编码。',
  },
  'collect.file-truncated': {
    status: 400,
    en: 'The file "{file}" ends in the middle: {reason}. Fetch it again; nothing was imported.',
    zh: '文件“{file}”不完整：{reason}。请重新获取该文件；没有导入任何数据。',
  },
  'collect.file-mostly-bad': {
    status: 400,
    en: 'More than {bad} rows of "{file}" cannot be read: the mapping does not fit the file. Nothing was imported.',
    zh: '文件“{file}”中有超过 {bad} 行无法读取：映射与文件不符。没有导入任何数据。',
  },
  'collect.headers-missing': {
    status: 400,
    en: 'The file "{file}" lacks the column(s) {missing}. It has: {found}.',
    zh: '文件“{file}”缺少列：{missing}。现有列：{found}。',
  },
  'collect.headers-twice': {
    status: 400,
    en: 'The file "{file}" has the column "{header}" more than once, so it cannot be told which one is meant.',
    zh: '文件“{file}”中列“{header}”出现多次，无法判断应使用哪一列。',
  },
  'collect.source-unknown': {
    status: 404,
    exit: 2,
    en: 'There is no source "{source}". Known sources: {known}.',
    zh: '没有名为“{source}”的来源。已有来源：{known}。',
  },
  'collect.mapping-bad': {
    status: 400,
    en: 'The mapping "{file}" is not right: {reason}.',
    zh: '映射“{file}”有误：{reason}。',
  },
  'collect.mapping-none': {
    status: 400,
    en: 'No column of "{file}" was recognised as {needed}. Give a mapping with --mapping.',
    zh: '“{file}”中没有识别出 {needed} 列。请用 --mapping 指定映射。',
  },
  'collect.importer-unknown': {
    status: 400,
    en: 'There is no importer for "{file}". Known kinds: {known}.',
    zh: '没有可用于“{file}”的导入器。已有类型：{known}。',
  },
  'collect.customer-unknown': {
    status: 404,
    en: 'There is no customer {customer}.',
    zh: '没有编号为 {customer} 的客户。',
  },
  'collect.field-unknown': {
    status: 400,
    en: 'A customer has no field "{field}".',
    zh: '客户没有字段“{field}”。',
  },
  'collect.answer-bad': {
    status: 400,
    en: '"{value}" cannot be stored as {field}: {reason}.',
    zh: '“{value}”不能作为{field}保存：{reason}。',
  },
  'collect.event-bad': {
    status: 400,
    en: 'Event {event} is not right: {reason}.',
    zh: '事件 {event} 有误：{reason}。',
  },
  'collect.nothing-yet': {
    status: 409,
    en: 'Nothing has been collected yet. Run a turn first: huiyin turn --as-of DATE.',
    zh: '尚未收集任何数据。请先运行一轮：huiyin turn --as-of 日期。',
  },
})
