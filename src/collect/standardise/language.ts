import { foldText } from './text.ts'

/** The two languages the house speaks, '' when the value names neither. */
export function readLanguage(raw: string): 'zh-CN' | 'en' | '' {
  const text = foldText(raw)
  if (/^(zh|中|汉|chinese|cn$)/.test(text)) return 'zh-CN'
  return /^(en|英|english)/.test(text) ? 'en' : ''
}
