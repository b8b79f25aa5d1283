import type { Text } from '../../platform/text.ts'

/** What the engines say in English, for authors who read Chinese; what is not in the list stays as the engine said it. */
const said: readonly [RegExp, string][] = [
  [/^undefined filter: (.+)$/, '没有名为 $1 的过滤器'],
  [/^tag (.+) not closed$/, '标签 $1 没有结束'],
  [/^output (.+) not closed$/, '输出 $1 没有结束'],
  [/^tag "(.+)" not found$/, '没有名为“$1”的标签'],
  [/^illegal tag: (.+)$/, '标签 $1 写法有误'],
  [/^invalid value expression: (.*)$/, '表达式 $1 无效'],
  [/^template render limit exceeded$/, '模板运行时间超过上限'],
  [/^memory alloc limit exceeded$/, '模板占用内存超过上限'],
  [/^expected (.+)$/, '此处应为：$1'],
  [/^unexpected (.+)$/, '此处不应出现：$1'],
  [/^unclosed (.+)$/, '没有闭合：$1'],
  [/^unknown variable: (.+)$/, '没有名为 $1 的变量'],
  [/^file not found \(searched at .*\/(.+)\)$/, '找不到文件 $1'],
  [/^dictionary does not contain key (.+?)(?: and no default value was specified)?$/, '数据中没有字段 $1'],
  [/^invalid integer: (.*)$/s, '不是整数：$1'],
  [/^panicked with: (.*)$/s, '模板主动报错：$1'],
  [/^maximum function call depth exceeded$/, '函数嵌套过深'],
  [/^loop seems to be infinite$/, '循环没有终点'],
  [/^cannot access fields on type (.+)$/, '$1 类型没有字段'],
  [/^Element (.+) doesn't exist or is not registered$/, 'MJML 没有元素 $1'],
  [/^Attribute (.+) is illegal$/, 'MJML 属性 $1 不可用'],
  [/^(.+) cannot be used inside (.+), only inside: (.+)$/, '$1 不能放在 $2 中，只能放在 $3 中'],
  [/^(.+) is not a field of data\.schema\.json$/, 'data.schema.json 中没有字段 $1'],
  [/^the text (.+) is missing$/, '缺少文字 $1'],
]

export function engineWords(message: string): Text {
  for (const [pattern, zh] of said) if (pattern.test(message)) return { en: message, zh: message.replace(pattern, zh) }
  return { en: message, zh: message }
}
