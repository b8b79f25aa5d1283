import { z } from 'zod'
import type { Lang } from './errors.ts'

/** A text people read, in both languages. */
export const textSchema = z.object({ en: z.string(), zh: z.string() })
export type Text = z.infer<typeof textSchema>

export const textIn = (text: Text, lang: Lang): string => (lang === 'zh-CN' ? text.zh : text.en)
