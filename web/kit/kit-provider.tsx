import { App as AntApp, ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale/index.js'
import enGB from 'antd/locale/en_GB.js'
import zhCN from 'antd/locale/zh_CN.js'
import { type ReactNode, useLayoutEffect } from 'react'
import { type Lang, language } from '../i18n/lang.ts'
import { shade, themeOf } from './theme.ts'

/** These files are CommonJS: how their default arrives depends on who bundles them. */
const localeOf = (module: Locale | { default: Locale }): Locale => ('default' in module ? module.default : module)
const locales: Record<Lang, Locale> = { en: localeOf(enGB), 'zh-CN': localeOf(zhCN) }

/** Language, colours and messages for everything inside. */
export function KitProvider({ children }: { children: ReactNode }) {
  const lang = language.use()
  const theme = shade.use()
  useLayoutEffect(() => {
    document.documentElement.lang = lang
    document.documentElement.dataset['theme'] = theme
  }, [lang, theme])
  return (
    <ConfigProvider
      theme={themeOf(theme)}
      locale={locales[lang]}
      componentSize="medium"
      button={{ autoInsertSpace: false }}
    >
      <AntApp component={false} message={{ maxCount: 2 }}>
        {children}
      </AntApp>
    </ConfigProvider>
  )
}
