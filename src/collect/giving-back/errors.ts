import { defineErrors } from '../../platform/errors.ts'

export const givebackErrors = defineErrors({
  'collect.no-target': { status: 404, en: 'There is no target {target}.', zh: '没有编号为 {target} 的目标。' },
  'collect.no-mart': { status: 400, en: 'There is no mart "{mart}".', zh: '没有名为“{mart}”的数据集市。' },
  'collect.no-mart-column': {
    status: 400,
    en: 'The mart "{mart}" has no column "{column}".',
    zh: '数据集市“{mart}”没有字段“{column}”。',
  },
  'collect.key-needed': {
    status: 400,
    en: 'The key columns of the mart must go along: {columns}.',
    zh: '必须包含该数据集市的主键字段：{columns}。',
  },
  'collect.bad-condition': {
    status: 400,
    en: 'The condition on "{column}" cannot be used: {reason}',
    zh: '字段“{column}”的条件无法使用：{reason}',
  },
  'collect.bad-cron': {
    status: 400,
    en: '"{cron}" is no schedule: write five fields, for example 0 6 * * 1-5.',
    zh: '“{cron}”不是有效的计划，请写五个字段，例如 0 6 * * 1-5。',
  },
  'collect.target-refused': {
    status: 502,
    en: 'The other side refused: {reason}',
    zh: '对方拒绝接收：{reason}',
  },
  'collect.target-unreachable': {
    status: 502,
    en: 'The other side cannot be reached: {reason}',
    zh: '无法连接对方：{reason}',
  },
  'collect.target-table': {
    status: 409,
    en: 'The table {table} cannot take these rows: {reason}. Change the table, or name one that does not exist and it is made.',
    zh: '表 {table} 无法接收这些数据：{reason}。请修改该表，或指定一个尚不存在的表，系统会自动创建。',
  },
  'collect.no-feed': {
    status: 404,
    en: 'There is no change feed "{feed}". Make one on the page Giving back.',
    zh: '没有名为“{feed}”的变更流，请在“数据回流”页面创建。',
  },
})
