import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { en } from './en.ts'
import { language } from './lang.ts'
import { zhCN } from './zh-CN.ts'

export type MessageId = keyof typeof en
export type Values = Record<string, string | number>

// The catalogues are ICU text without a build step of their own, so the compiler is needed in production too (5 KB gz).
export const i18n = setupI18n()
i18n.setMessagesCompiler(compileMessage)
i18n.load({ en, 'zh-CN': zhCN })
i18n.activate(language.get())
language.watch(lang => i18n.activate(lang))

export const isMessage = (id: string): id is MessageId => Object.hasOwn(en, id)

export const translate = (id: MessageId, values?: Values): string => i18n._(id, values)
