import { useText } from '../i18n/use-text.ts'
import { Blank, Button, Page, Panel } from '../kit/index.ts'

/** A page that broke, or that a new release replaced while it stood open: loading it anew helps in both. */
export function Broken() {
  const { t } = useText()
  return (
    <Page title={t('broken.title')}>
      <Panel>
        <Blank
          title={t('broken.title')}
          actions={
            <Button type="primary" onClick={() => location.reload()}>
              {t('action.reload')}
            </Button>
          }
        >
          {t('broken.text')}
        </Blank>
      </Panel>
    </Page>
  )
}
