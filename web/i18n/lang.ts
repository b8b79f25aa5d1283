import type { Lang } from '../../src/platform/errors.ts'
import { safely, stored } from '../kit/stored.ts'

export type { Lang }

const KEY = 'huiyin.lang'

/** What the person chose in this browser; before that, what the browser asks for. */
export const language = stored<Lang>(KEY, ['zh-CN', 'en'], () =>
  (globalThis.navigator?.language ?? 'en').toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
)

/** The language of the account is taken only where nobody chose one in this browser. */
export function suggestLanguage(lang: Lang): void {
  if (safely(() => localStorage.getItem(KEY)) === null) language.set(lang)
}
