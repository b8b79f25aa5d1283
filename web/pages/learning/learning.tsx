import { useMay } from '../../api/session.ts'
import { useText } from '../../i18n/use-text.ts'
import { TabbedPage } from '../../kit/index.ts'
import { CalibrationTab } from './calibration-tab.tsx'
import { CorrectionsTab } from './corrections-tab.tsx'
import { LoopTab } from './loop-tab.tsx'
import { ResponseTab } from './response-tab.tsx'
import { VerdictTab } from './verdict-tab.tsx'

/** The loop closes here: predictions against what came, and what that changes. */
export default function LearningPage() {
  const { t } = useText()
  const may = useMay()
  const insight = may('insight.read')
  return (
    <TabbedPage
      title={t('learned.title')}
      lead={t('learned.lead')}
      tabs={[
        { key: 'loop', label: t('learned.loop'), children: <LoopTab /> },
        { key: 'response', label: t('learned.response'), children: <ResponseTab /> },
        ...(insight
          ? [
              { key: 'verdict', label: t('learned.verdict'), children: <VerdictTab /> },
              { key: 'corrections', label: t('learned.corrections'), children: <CorrectionsTab /> },
            ]
          : []),
        ...(may('plan.read')
          ? [{ key: 'calibration', label: t('learned.calibration'), children: <CalibrationTab /> }]
          : []),
      ]}
    />
  )
}
