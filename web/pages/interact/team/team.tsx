import { Link } from 'react-router'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { TabbedPage } from '../../../kit/index.ts'
import { EndedCalls } from '../take-back/ended-calls.tsx'
import { FiguresTab } from './figures.tsx'
import { ListeningTab } from './listening.tsx'
import { LiveTab } from './live.tsx'
import { ObjectionsTab } from './objections.tsx'
import { TrialsTab } from './trials.tsx'

/** What whoever leads the desk works with. */
export default function TeamPage() {
  const { t } = useText()
  const may = useMay()
  return (
    <TabbedPage
      title={t('tl.title')}
      lead={t('tl.lead')}
      actions={<Link to="/team/improve">{t('tl.improve')}</Link>}
      tabs={[
        { key: 'live', label: t('tl.live'), children: <LiveTab /> },
        { key: 'figures', label: t('tl.figures'), children: <FiguresTab /> },
        ...(may('team.write')
          ? [
              {
                key: 'ended',
                label: t('tb.ended'),
                children: <EndedCalls root="/team" note={t('tb.ended-note-lead')} />,
              },
            ]
          : []),
        { key: 'listening', label: t('tl.listening'), children: <ListeningTab /> },
        { key: 'objections', label: t('tl.objections'), children: <ObjectionsTab /> },
        { key: 'trials', label: t('tl.trials'), children: <TrialsTab /> },
      ]}
    />
  )
}
