import type { z } from 'zod'
import type * as api from '../../../../src/interact/themes/api.ts'

export type Themes = z.output<typeof api.themes>
export type ThemeRow = Themes['rows'][number]
export type VoiceList = z.output<typeof api.voiceList>
export type WatchList = z.output<typeof api.watchList>
