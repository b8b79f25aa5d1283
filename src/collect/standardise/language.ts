import { foldText } from './text.ts'

/** The languages messages are written in, '' when the value names none of them. */
export function readLanguage(raw: string): 'zh-CN' | 'zh-TW' | 'en' | '' {
  const text = foldText(raw)
  if (/^(zh[-_](tw|hk|mo|hant)|繁|正体中文|台湾|中文.?繁|traditional)/.test(text)) return 'zh-TW'
  if (/^(zh|中|汉|chinese|cn$)/.test(text)) return 'zh-CN'
  return /^(en|英|english)/.test(text) ? 'en' : ''
}
