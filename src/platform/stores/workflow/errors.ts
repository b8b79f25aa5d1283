import { defineErrors } from '../../errors.ts'

export const workflowErrors = defineErrors({
  'platform.workflow-nested': {
    status: 500,
    en: 'The workflow store was used inside an open transaction without its transaction ({what}). Use the transaction that was handed in.',
    zh: '在未结束的事务内直接使用了流程库（{what}）。请使用传入的事务对象。',
  },
  'platform.workflow-unreadable': {
    status: 500,
    en: 'The workflow store in {folder} cannot be opened: {reason}. Restore a backup, or move the folder away to begin anew.',
    zh: '无法打开 {folder} 中的流程库：{reason}。请恢复备份，或移走该文件夹后重新开始。',
  },
  'platform.workflow-disk-full': {
    status: 507,
    en: 'The disk of the workflow store is full: {reason}. Make room, then go on; nothing of this change was kept, and nothing older is lost.',
    zh: '流程库所在磁盘已满：{reason}。请释放空间后继续；本次更改未保存，此前的数据未受影响。',
  },
  'platform.workflow-exists': {
    status: 409,
    en: 'There is already a workflow store in {folder}; a backup is only restored into an empty folder.',
    zh: '{folder} 中已有流程库；备份只能恢复到空文件夹。',
  },
  'platform.postgres-unreachable': {
    status: 503,
    en: 'PostgreSQL at {address} does not answer: {reason}. Check HUIYIN_POSTGRES_URL and that the server runs.',
    zh: '无法连接 {address} 的 PostgreSQL：{reason}。请检查 HUIYIN_POSTGRES_URL 以及服务器是否在运行。',
  },
  'platform.postgres-too-old': {
    status: 503,
    en: 'PostgreSQL at {address} is version {version}; 15 or newer is needed.',
    zh: '{address} 的 PostgreSQL 版本为 {version}；需要 15 或更新版本。',
  },
  'platform.postgres-backup': {
    status: 409,
    exit: 2,
    en: 'The workflow store is the PostgreSQL server at {address}: back it up with pg_dump. `huiyin backup` saves embedded stores.',
    zh: '流程库在 {address} 的 PostgreSQL 服务器上：请用 pg_dump 备份。`huiyin backup` 只保存内嵌库。',
  },
  'platform.migration-changed': {
    status: 500,
    en: 'The workflow store has been migrated with "{applied}", which this version {problem}. Run the version of Huiyin that made it, or a newer one.',
    zh: '流程库已执行迁移“{applied}”，与当前版本不符（{problem}）。请使用创建它的版本或更新的版本。',
  },
  'platform.migration-failed': {
    status: 500,
    en: 'Migration "{name}" of the workflow store failed and was undone: {reason}.',
    zh: '流程库迁移“{name}”失败并已撤销：{reason}。',
  },
})
