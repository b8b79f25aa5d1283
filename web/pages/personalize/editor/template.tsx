import { useParams } from 'react-router'
import { useText } from '../../../i18n/use-text.ts'
import { Page } from '../../../kit/index.ts'
import { OpenContent } from './open-content.tsx'
import { TemplateTabs } from './template-tabs.tsx'

/** One template: its open draft, or the version that holds. */
export default function TemplatePage() {
  const { id = '' } = useParams()
  const { t } = useText()
  return (
    <OpenContent
      kind="template"
      id={id}
      loading={
        <Page title={t('templates.title')}>
          <div />
        </Page>
      }
    >
      {opened => <TemplateTabs opened={opened} />}
    </OpenContent>
  )
}
