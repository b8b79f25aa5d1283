import { defineErrors, HuiyinError } from '../errors.ts'

export const folderErrors = defineErrors({
  'platform.folder-held': {
    status: 409,
    exit: 1,
    en: 'The data folder {folder} is in use by process {pid} on {host}{at}, since {since}. Stop that process, or name another folder with HUIYIN_DATA.',
    zh: '数据文件夹 {folder} 正由 {host} 上的进程 {pid}{at} 使用（始于 {since}）。请先停止该进程，或用 HUIYIN_DATA 指定其他文件夹。',
  },
  'platform.folder-no-parent': {
    status: 400,
    en: 'The data folder {folder} cannot be made, because {parent} does not exist. Check HUIYIN_DATA, or make that folder first.',
    zh: '无法创建数据文件夹 {folder}：{parent} 不存在。请检查 HUIYIN_DATA，或先创建该文件夹。',
  },
  'platform.folder-is-file': {
    status: 400,
    en: '{folder} is to be the data folder, but it (or a part of its path) is a file. Check HUIYIN_DATA.',
    zh: '{folder} 应为数据文件夹，但它（或其路径的一部分）是文件。请检查 HUIYIN_DATA。',
  },
  'platform.folder-unwritable': {
    status: 400,
    en: 'The data folder {folder} cannot be written ({reason}). Give this user the right to it, or name another with HUIYIN_DATA.',
    zh: '无法写入数据文件夹 {folder}（{reason}）。请授予当前用户权限，或用 HUIYIN_DATA 指定其他文件夹。',
  },
  'platform.disk-full': {
    status: 507,
    en: 'The disk of {folder} is full ({free} MB free). Make room, then start again; what was finished is kept.',
    zh: '{folder} 所在磁盘已满（剩余 {free} MB）。请释放空间后重新启动；已完成的内容不会丢失。',
  },
})

const kinds = {
  ENOENT: 'platform.folder-no-parent',
  ENOTDIR: 'platform.folder-is-file',
  EEXIST: 'platform.folder-is-file',
  EACCES: 'platform.folder-unwritable',
  EPERM: 'platform.folder-unwritable',
  EROFS: 'platform.folder-unwritable',
  ENOSPC: 'platform.disk-full',
  EDQUOT: 'platform.disk-full',
} as const

/** What the file system said of a folder, in words a person can act on; anything else is returned as it is. */
export function folderError(error: unknown, folder: string, parent = folder): unknown {
  if (error instanceof HuiyinError || !(error instanceof Error) || !('code' in error)) return error
  const kind = kinds[error.code as keyof typeof kinds]
  return kind ? folderErrors[kind]({ folder, parent, reason: String(error.code), free: 0 }, error) : error
}
