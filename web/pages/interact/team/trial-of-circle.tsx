import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button } from '../../../kit/index.ts'
import { CloseTrial } from './close-trial.tsx'
import type { TrialList } from './types.ts'

/** The trial a circle rests on: where it stands, what was kept, and keeping it from here. */
export function TrialOfCircle({ trialId }: { trialId: number }) {
  const { t } = useText()
  const may = useMay()
  const [closing, setClosing] = useState(false)
  const query = useGet<TrialList>('/team/trials')
  const row = query.data?.rows.find(one => one.trialId === trialId)
  return (
    <p className="row wrap">
      <Link to="/team?tab=trials">
        {t('tl.trial')}
        {row ? `: ${row.name}` : ''}
      </Link>
      {row ? <span className="muted">{t(`tl.trial-state.${row.state}`)}</span> : null}
      {row?.draft ? <Link to={`/templates/${row.template}?draft=${row.draft}`}>{t('tl.trial-draft')}</Link> : null}
      {row && !row.decided && may('team.write') ? (
        <Button size="small" onClick={() => setClosing(true)}>
          {t(row.state === 'live' ? 'tl.close-trial' : 'tl.decide-trial')}
        </Button>
      ) : null}
      {row && closing ? <CloseTrial row={row} onClose={() => setClosing(false)} /> : null}
    </p>
  )
}
