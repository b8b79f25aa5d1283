import { MoonOutlined, SunOutlined } from '@ant-design/icons'
import { language } from '../i18n/lang.ts'
import { useText } from '../i18n/use-text.ts'
import { Button, shade, Tooltip } from '../kit/index.ts'

/** Language and light or dark; both are remembered by the browser. */
export function Switches() {
  const { t, lang } = useText()
  const theme = shade.use()
  const themeLabel = theme === 'dark' ? t('shell.to-light') : t('shell.to-dark')
  return (
    <>
      <Tooltip title={t('shell.switch-language')}>
        <Button
          type="text"
          // Two characters are not spread: what is seen is part of the name.
          autoInsertSpace={false}
          aria-label={t('shell.switch-language')}
          onClick={() => language.set(lang === 'en' ? 'zh-CN' : 'en')}
        >
          {t('shell.other-language')}
        </Button>
      </Tooltip>
      <Tooltip title={themeLabel}>
        <Button
          type="text"
          icon={theme === 'dark' ? <SunOutlined /> : <MoonOutlined />}
          aria-label={themeLabel}
          onClick={() => shade.set(theme === 'dark' ? 'light' : 'dark')}
        />
      </Tooltip>
    </>
  )
}
