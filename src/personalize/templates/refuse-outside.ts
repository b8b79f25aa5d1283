import { FONT_FAMILY } from '../compose/fonts.ts'
import { errors } from '../errors.ts'

/** What would make bytes depend on the machine or the day: packages from the network, fonts of one's own. */
const outside = [
  { pattern: /["']@\w+\//, problem: 'imports a package / 引用了外部包' },
  {
    pattern: /\bdatetime\.today\b/,
    problem: 'asks for today: documents must not depend on the clock / 使用了当天日期，文档不得依赖时钟',
  },
  {
    pattern: new RegExp(`\\bfont\\s*:(?!\\s*"(?:/assets/[0-9a-f]{64}|${FONT_FAMILY})")`),
    problem:
      'names a font; print is set in the product\u2019s own or an uploaded one (/assets/…) / 指定了字体，打印使用产品自带或已上传的字体',
  },
]

export function refuseOutside(template: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files).filter(([name]) => name.endsWith('.typ')))
    for (const { pattern, problem } of outside) {
      const line = text.split('\n').findIndex(each => pattern.test(each))
      if (line >= 0) throw errors['personalize.template-file']({ template, file: `${file}:${line + 1}`, problem })
    }
}
