import { Link } from 'react-router'
import { useText } from '../i18n/use-text.ts'
import { Blank, Page, Panel } from '../kit/index.ts'

export function NotFound() {
  const { t } = useText()
  return (
    <Page title={t('not-found.title')}>
      <Panel>
        <Blank title={t('not-found.title')} actions={<Link to="/">{t('action.to-loop')}</Link>}>
          {t('not-found.text')}
        </Blank>
      </Panel>
    </Page>
  )
}
