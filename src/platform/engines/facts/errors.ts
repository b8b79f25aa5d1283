import { defineErrors } from '../../errors.ts'

export const engineErrors = defineErrors({
  'facts-engine.folder-in-use': {
    status: 503,
    en: 'The data folder {folder} is in use by another process. Stop it, or choose another folder with HUIYIN_DATA.',
    zh: '数据目录 {folder} 正被另一个进程使用。请先停止该进程，或用 HUIYIN_DATA 指定其他目录。',
  },
  'facts-engine.folder-unwritable': {
    status: 503,
    en: 'Cannot write to the data folder {folder}: {reason}. Check its permissions, or choose another with HUIYIN_DATA.',
    zh: '无法写入数据目录 {folder}：{reason}。请检查权限，或用 HUIYIN_DATA 指定其他目录。',
  },
  'facts-engine.disk-full': {
    status: 507,
    exit: 1,
    en: 'The disk of the data folder {folder} is full.',
    zh: '数据目录 {folder} 所在的磁盘已满。',
  },
  'facts-engine.not-started': {
    status: 503,
    en: 'The embedded facts engine did not start: {reason}',
    zh: '内嵌事实引擎未能启动：{reason}',
  },
})
