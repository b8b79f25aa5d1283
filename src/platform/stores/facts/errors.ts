import { defineErrors } from '../../errors.ts'

export const factsErrors = defineErrors({
  'facts.query-failed': {
    status: 500,
    en: 'The facts engine refused a statement: {message} (code {code}, {type})',
    zh: '事实引擎拒绝执行语句：{message}（代码 {code}，{type}）',
  },
  'facts.cancelled': {
    status: 499,
    exit: 1,
    en: 'The statement was cancelled.',
    zh: '语句已被取消。',
  },
  'facts.out-of-memory': {
    status: 503,
    en: 'The facts engine has not enough memory for this: {message}',
    zh: '事实引擎内存不足：{message}',
  },
  'facts.disk-full': {
    status: 507,
    en: 'The disk of the facts engine is full: {message}',
    zh: '事实引擎的磁盘已满：{message}',
  },
  'facts.unreachable': {
    status: 503,
    en: 'The facts engine at {url} does not answer: {reason}',
    zh: '事实引擎 {url} 无响应：{reason}',
  },
  'facts.outcome-unknown': {
    status: 503,
    en: 'The connection to the facts engine broke during a write; it may or may not have happened. Repeat the step.',
    zh: '写入过程中与事实引擎的连接中断，写入是否完成未知。请重复该步骤。',
  },
  'facts.answer-cut-off': {
    status: 502,
    exit: 1,
    en: 'The answer of the facts engine was cut off.',
    zh: '事实引擎的应答被截断。',
  },
  'facts.not-one-row': {
    status: 500,
    en: 'A statement that must answer exactly one row answered {rows}.',
    zh: '应恰好返回一行的语句返回了 {rows} 行。',
  },
  'facts.number-too-large': {
    status: 500,
    en: 'Column {column} holds the integer {value}, which a JavaScript number cannot hold exactly; use toString() in the statement.',
    zh: '列 {column} 的整数 {value} 超出 JavaScript 数值的精确范围；请在语句中使用 toString()。',
  },
  'facts.no-column': {
    status: 500,
    en: 'The answer has no column {column}; it has {columns}.',
    zh: '结果中没有列 {column}；现有列：{columns}。',
  },
  'facts.column-type': {
    status: 500,
    en: 'Column {column} has the type {type}, which does not travel as a column; use toString() or toJSONString().',
    zh: '列 {column} 的类型 {type} 无法按列传输；请使用 toString() 或 toJSONString()。',
  },
  'facts.column-shape': {
    status: 500,
    en: 'Column {column} of type {type} cannot be read as {shape}: {reason}',
    zh: '列 {column}（类型 {type}）无法读取为 {shape}：{reason}',
  },
  'facts.bad-value': {
    status: 400,
    en: 'Column {column}, row {row}: {value} is not a value of {type}.',
    zh: '列 {column} 第 {row} 行：{value} 不是类型 {type} 的有效值。',
  },
  'facts.uneven-columns': {
    status: 500,
    en: 'The columns to insert have different lengths: {column} has {rows}, not {expected}.',
    zh: '待写入的各列长度不一致：{column} 有 {rows} 行，应为 {expected} 行。',
  },
  'facts.bad-name': {
    status: 500,
    en: '{name} is not the name of a table or column.',
    zh: '{name} 不是有效的表名或列名。',
  },
  'facts.file-unreadable': {
    status: 400,
    en: 'The file {path} cannot be read: {reason}',
    zh: '无法读取文件 {path}：{reason}',
  },
  'facts.no-place': {
    status: 500,
    en: 'The facts need a data folder or the address of a server (HUIYIN_CLICKHOUSE_URL).',
    zh: '事实存储需要数据目录或服务器地址（HUIYIN_CLICKHOUSE_URL）。',
  },
  'facts.bad-url': {
    status: 400,
    en: 'HUIYIN_CLICKHOUSE_URL is not an address of the form http://user:password@host:8123/database.',
    zh: 'HUIYIN_CLICKHOUSE_URL 的格式应为 http://用户:密码@主机:8123/数据库。',
  },
  'facts.type-changed': {
    status: 500,
    en: 'Table {table}: column {column} is {found} in the database and {wanted} in this version. A column cannot change its type; add a new one.',
    zh: '表 {table} 的列 {column} 在数据库中为 {found}，当前版本要求 {wanted}。列类型不可更改，请新增列。',
  },
  'facts.key-changed': {
    status: 500,
    en: 'Table {table}: its {what} is {found} in the database and {wanted} in this version. Create a new table and move the rows.',
    zh: '表 {table} 的 {what} 在数据库中为 {found}，当前版本要求 {wanted}。请新建表并迁移数据。',
  },
})
