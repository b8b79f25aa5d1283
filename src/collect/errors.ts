import { defineErrors } from '../platform/errors.ts'

/** What a person can meet while bringing data in. Each message says which file and what to do. */
export const collectErrors = defineErrors({
  'collect.asked-bad': {
    status: 400,
    en: 'The field {field} cannot be read: "{value}" ({rule}).',
    zh: '字段 {field} 无法识别：“{value}”（{rule}）。',
  },
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
  'collect.busy': {
    status: 409,
    en: 'Data is being brought in right now. Wait until it is through, then try again.',
    zh: '正在导入数据。请等待完成后再试。',
  },
  'collect.name-bad': {
    status: 400,
    en: '"{name}" cannot be the name of a file here: no slashes, no leading dot, at most 200 characters.',
    zh: '“{name}”不能用作文件名：不能含斜杠，不能以点开头，最多 200 个字符。',
  },
  'collect.name-taken': {
    status: 409,
    en: 'The inbox already has a file "{name}". Replace it, or give the new one another name.',
    zh: '收件夹中已有文件“{name}”。请选择替换，或为新文件换一个名称。',
  },
  'collect.upload-too-large': {
    status: 413,
    en: 'The file "{name}" is larger than {limit}. Copy it into the inbox folder of the data folder instead.',
    zh: '文件“{name}”超过 {limit}。请直接复制到数据目录的收件夹中。',
  },
  'collect.upload-no-room': {
    status: 507,
    en: 'There is no room for "{name}" on the disk of the data folder: {free} MB are free.',
    zh: '数据目录所在磁盘空间不足，放不下“{name}”：剩余 {free} MB。',
  },
  'collect.upload-broken': {
    status: 400,
    en: 'The upload of "{name}" broke off. Nothing of it was kept.',
    zh: '“{name}”的上传中断，没有保留任何内容。',
  },
  'collect.version-unknown': {
    status: 404,
    en: 'The source "{source}" has no mapping version {version}.',
    zh: '来源“{source}”没有第 {version} 版映射。',
  },
  'collect.mapping-incomplete': {
    status: 400,
    en: 'The mapping of "{source}" lacks {missing}. Choose the columns for it.',
    zh: '“{source}”的映射缺少 {missing}。请为其选择列。',
  },
  'collect.mapping-twice': {
    status: 400,
    en: 'Two columns are mapped to {field}: {headers}. Only one can be.',
    zh: '有两列都映射到 {field}：{headers}。只能保留一列。',
  },
  'collect.schedule-bad': {
    status: 400,
    en: 'This is not a schedule: {reason}.',
    zh: '计划无效：{reason}。',
  },
  'collect.mend-none': {
    status: 404,
    en: 'No row in the quarantine fits. It may have been mended meanwhile.',
    zh: '隔离区中没有符合的行，可能已被修复。',
  },
  'collect.mend-many': {
    status: 400,
    en: 'More than {most} rows at once. Narrow the choice down.',
    zh: '一次不能超过 {most} 行，请缩小范围。',
  },
  'collect.mend-raw-cut': {
    status: 409,
    en: 'Row {row} of "{file}" is too long to be mended here. Mend it in the file and import the file again.',
    zh: '“{file}”第 {row} 行过长，无法在此修复。请在文件中修改后重新导入。',
  },
  'collect.mend-pattern': {
    status: 400,
    en: 'The pattern "{pattern}" cannot be read: {reason}.',
    zh: '无法解析匹配模式“{pattern}”：{reason}。',
  },
  'collect.undo-none': {
    status: 404,
    en: 'There is nothing under {action} that can be undone.',
    zh: '编号 {action} 没有可以撤销的操作。',
  },
  'collect.undo-late': {
    status: 409,
    en: 'Rows of "{source}" came in after this was mended and rest on it. It cannot be undone any more.',
    zh: '修复之后“{source}”又导入了数据并以其为依据，已不能撤销。',
  },
  'collect.mended-file-bad': {
    status: 400,
    en: 'The file of mended rows lacks the column(s) {missing}. Use the file that was downloaded from the quarantine.',
    zh: '修复后的文件缺少列：{missing}。请使用从隔离区下载的文件。',
  },
  'collect.address-bad': {
    status: 400,
    en: 'The address "{address}" of a table is not right: {reason}.',
    zh: '表地址“{address}”有误：{reason}。',
  },
  'collect.table-unreadable': {
    status: 400,
    en: 'The table at "{address}" cannot be read: {reason}.',
    zh: '无法读取“{address}”的表：{reason}。',
  },
  'collect.sheet-unknown': {
    status: 400,
    en: 'The workbook "{file}" has no sheet "{sheet}". It has: {known}.',
    zh: '工作簿“{file}”中没有工作表“{sheet}”。现有工作表：{known}。',
  },
  'collect.workbook-bad': {
    status: 400,
    en: 'The file "{file}" is not an Excel workbook that can be read: {reason}. Nothing was imported.',
    zh: '文件“{file}”不是可读取的 Excel 工作簿：{reason}。没有导入任何数据。',
  },
  'collect.file-too-big-inside': {
    status: 400,
    en: 'The file "{file}" unpacks to more than {limit} MB, which is refused. Split it, or save it as CSV.',
    zh: '文件“{file}”解压后超过 {limit} MB，已拒绝。请拆分文件或另存为 CSV。',
  },
})
