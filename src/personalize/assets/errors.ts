import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors({
  'assets.unknown-kind': {
    status: 415,
    en: '"{name}" is no PNG, JPEG or SVG picture and no TTF or OTF font: its first bytes say {found}. Save it in one of these formats.',
    zh: '“{name}”不是 PNG、JPEG、SVG 图片，也不是 TTF、OTF 字体：文件开头为 {found}。请另存为上述格式之一。',
  },
  'assets.wrong-extension': {
    status: 415,
    en: '"{name}" is a {kind} file by its content. Give it that ending, so that nobody is misled.',
    zh: '“{name}”的内容实为 {kind}。请改用相应的扩展名，以免误导。',
  },
  'assets.too-large': {
    status: 413,
    en: '"{name}" has {size} bytes; at most {most} are taken for a {kind}. Make it smaller first.',
    zh: '“{name}”为 {size} 字节；{kind} 最大 {most} 字节。请先缩小文件。',
  },
  'assets.empty': { status: 400, en: '"{name}" is empty.', zh: '“{name}”是空文件。' },
  'assets.damaged': {
    status: 400,
    en: '"{name}" is damaged: {problem}. Export it again.',
    zh: '“{name}”已损坏：{problem}。请重新导出。',
  },
  'assets.too-many-pixels': {
    status: 413,
    en: '"{name}" is {width} × {height} pixels; at most {most} million are taken. Scale it down: an A4 page at 300 dpi is 2480 × 3508.',
    zh: '“{name}”为 {width} × {height} 像素，最多 {most} 百万像素。请缩小：A4 整页 300 dpi 为 2480 × 3508。',
  },
  'assets.svg-unsafe': {
    status: 400,
    en: '"{name}", line {line}: {problem}. Only drawings that stand alone are taken. Remove it, or export as PNG.',
    zh: '“{name}”第 {line} 行：{problem}。只接受可独立显示的图形；请去除后重试，或导出为 PNG。',
  },
  'assets.font-forbidden': {
    status: 403,
    en: 'The font "{family}" forbids what would be done with it ({bits}): {problem}. Ask its maker for a licence that allows embedding, or take another font.',
    zh: '字体“{family}”的授权位（{bits}）不允许此用途：{problem}。请向字体厂商取得可嵌入的授权，或改用其他字体。',
  },
  'assets.licence-missing': {
    status: 400,
    en: 'Say under which licence "{name}" may be used (for example "SIL OFL 1.1" or the number of your contract).',
    zh: '请注明“{name}”的使用授权（如“SIL OFL 1.1”或贵公司的合同编号）。',
  },
  'assets.not-found': { status: 404, en: 'There is no picture or font {id}.', zh: '没有图片或字体 {id}。' },
  'assets.in-use': {
    status: 409,
    en: '{name} is used by {where}. Take it out there first.',
    zh: '{name} 正被 {where} 使用，请先在那里移除。',
  },
})
