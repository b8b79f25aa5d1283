import { useText } from '../../i18n/use-text.ts'
import { TabbedPage } from '../../kit/index.ts'
import { Decay } from './quality/decay.tsx'
import { Repairs } from './quality/repairs.tsx'
import { RuleBook } from './quality/rule-book.tsx'
import { Verifications } from './quality/verifications.tsx'
import { Scorecards } from './scorecards.tsx'

export default function QualityPage() {
  const { t } = useText()
  return (
    <TabbedPage
      title={t('quality.title')}
      lead={t('quality.lead')}
      tabs={[
        { key: 'scorecards', label: t('quality.scorecards'), children: <Scorecards /> },
        { key: 'rules', label: t('quality.rule-list'), children: <RuleBook /> },
        { key: 'decay', label: t('quality.decay'), children: <Decay /> },
        { key: 'repairs', label: t('quality.repairs'), children: <Repairs /> },
        { key: 'verify', label: t('quality.verify'), children: <Verifications /> },
      ]}
    />
  )
}
