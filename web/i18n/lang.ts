import type { Lang } from '../../src/platform/errors.ts'
import { stored } from '../kit/stored.ts'

export type { Lang }

/** What the person chose in this browser; before that, what the browser asks for. */
export const language = stored<Lang>('huiyin.lang', ['zh-CN', 'en'], () =>
  (globalThis.navigator?.language ?? 'en').toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
)
