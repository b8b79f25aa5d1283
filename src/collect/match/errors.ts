import { defineErrors } from '../../platform/errors.ts'

/** What a person can meet while files are matched. */
export const matchErrors = defineErrors({
  'match.one-file': {
    status: 400,
    en: 'Linking needs at least two files; only "{file}" was given. Use --dedupe to find the double entries of one file.',
    zh: '关联至少需要两个文件，但只给出了“{file}”。要在一个文件内查重，请用 --dedupe。',
  },
  'match.both-ways': {
    status: 400,
    en: '--link-only and --dedupe exclude each other.',
    zh: '--link-only 与 --dedupe 只能选择其一。',
  },
  'match.bad-threshold': {
    status: 400,
    en: '--threshold must be a probability from 0 to 1, not "{value}".',
    zh: '--threshold 必须是 0 到 1 之间的概率，而不是“{value}”。',
  },
  'match.nothing-recognised': {
    status: 400,
    en: 'No column of "{file}" says who somebody is. Columns: {found}. Name their roles with --map.',
    zh: '“{file}”中没有能说明身份的列。现有列：{found}。请用 --map 指定各列的角色。',
  },
  'match.nothing-common': {
    status: 400,
    en: 'The files have no kind of column in common, so nothing can be compared. {found} Name the roles with --map.',
    zh: '这些文件没有共同的列类型，无法比较。{found} 请用 --map 指定各列的角色。',
  },
  'match.map-unreadable': {
    status: 400,
    en: 'The map "{file}" cannot be read: {reason}.',
    zh: '无法读取列映射“{file}”：{reason}。',
  },
  'match.map-role': {
    status: 400,
    en: 'The map "{file}" gives the column "{column}" the role "{role}", which does not exist. Roles: {roles}.',
    zh: '列映射“{file}”给列“{column}”指定的角色“{role}”不存在。可用角色：{roles}。',
  },
  'match.map-column': {
    status: 400,
    en: 'The map "{file}" names the column "{column}", which none of the files has. Columns: {found}.',
    zh: '列映射“{file}”中的列“{column}”在所有文件中都不存在。现有列：{found}。',
  },
  'match.out-unwritable': {
    status: 400,
    en: '"{file}" cannot be written: {reason}.',
    zh: '无法写入“{file}”：{reason}。',
  },
})
