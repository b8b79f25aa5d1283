import { useText } from '../../../i18n/use-text.ts'
import { TabbedPage } from '../../../kit/index.ts'
import { Keys } from './keys.tsx'
import { Marts } from './marts.tsx'
import { Targets } from './targets.tsx'
import { WebSites } from './web-sites.tsx'

export default function GivingBackPage() {
  const { t } = useText()
  return (
    <TabbedPage
      title={t('gb.title')}
      lead={t('gb.lead')}
      tabs={[
        { key: 'targets', label: t('gb.targets'), children: <Targets /> },
        { key: 'marts', label: t('gb.marts'), children: <Marts /> },
        { key: 'keys', label: t('gb.keys'), children: <Keys /> },
        { key: 'web', label: t('gb.web'), children: <WebSites /> },
      ]}
    />
  )
}
