import { useText } from '../../../i18n/use-text.ts'
import { TabbedPage } from '../../../kit/index.ts'
import { Channels } from './channels.tsx'
import { Queue } from './queue.tsx'
import { Settings } from './settings.tsx'
import { UncertainOnes } from './uncertain.tsx'

/** What goes out, by which way, how far it is, and what a person has to decide. */
export default function DeliveryPage() {
  const { t } = useText()
  return (
    <TabbedPage
      title={t('dl.title')}
      lead={t('dl.lead')}
      tabs={[
        { key: 'queue', label: t('dl.queue'), children: <Queue /> },
        { key: 'channels', label: t('dl.channels'), children: <Channels /> },
        { key: 'uncertain', label: t('dl.uncertain'), children: <UncertainOnes /> },
        { key: 'settings', label: t('dl.settings'), children: <Settings /> },
      ]}
    />
  )
}
