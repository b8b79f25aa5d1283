import { foldText } from './text.ts'

/** 'm', 'f', or '' when the value says neither. */
export function readGender(raw: string): 'm' | 'f' | '' {
  const text = foldText(raw)
  if (/^(m|male|man|mr|男|男士|先生)\.?$/.test(text)) return 'm'
  return /^(f|female|woman|mrs|ms|miss|女|女士|小姐)\.?$/.test(text) ? 'f' : ''
}
