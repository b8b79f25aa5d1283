import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors({
  'letter.not-docx': {
    status: 415,
    en: '"{name}" is no Word document (.docx): it is {found}. Open it in Word or LibreOffice and save it as "Word document (.docx)".',
    zh: '“{name}”不是 Word 文档（.docx），而是{found}。请用 Word 或 WPS 打开后另存为“Word 文档（.docx）”。',
  },
  'letter.too-large': {
    status: 413,
    en: '"{name}" has {size} MB; letters of up to {most} MB are taken. Make its pictures smaller (in Word: Compress Pictures).',
    zh: '“{name}”为 {size} MB，最大 {most} MB。请缩小其中的图片（Word：压缩图片）。',
  },
  'letter.unpacks-too-large': {
    status: 413,
    en: '"{name}" unpacks to more than {most} MB ({part}). That is no letter; nothing of it was read.',
    zh: '“{name}”解压后超过 {most} MB（{part}），不是正常信函；未读取任何内容。',
  },
  'letter.damaged': {
    status: 400,
    en: '"{name}" cannot be read: {problem}. Open it in Word and save it again.',
    zh: '无法读取“{name}”：{problem}。请用 Word 打开后重新保存。',
  },
  'letter.too-long': {
    status: 413,
    en: '"{name}" took more than {seconds} seconds to read and was given up. Cut it down to the letter itself.',
    zh: '读取“{name}”超过 {seconds} 秒，已放弃。请只保留信函正文。',
  },
  'letter.empty': {
    status: 400,
    en: '"{name}" holds no text, table or picture that could be taken.',
    zh: '“{name}”中没有可导入的文字、表格或图片。',
  },
})
