import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Panel } from '../../../kit/index.ts'
import { Objections } from './objections.tsx'
import type { TaskDraft } from './task-draft.ts'
import type { Picture } from './types.ts'

interface OfferPanelProps {
  offer: NonNullable<Picture['offer']>
  draft: TaskDraft
  change: (part: Partial<TaskDraft>) => void
  active: boolean
}

/** The next best offer, why it, and what to say when the customer hesitates. */
export function OfferPanel({ offer, draft, change, active }: OfferPanelProps) {
  const { t, say } = useText()
  if (offer.offer === '')
    return (
      <Panel title={t('desk.offer')}>
        <span className="soft">{say(offer.why)}</span>
      </Panel>
    )
  const made = draft.offer === offer.offer
  return (
    <Panel
      title={`${t('desk.offer')}: ${say(offer.name)}`}
      note={say(offer.why)}
      extra={
        offer.mayNot ? null : (
          <Button
            size="small"
            disabled={!active}
            type={made ? 'primary' : 'default'}
            onClick={() => change({ offer: made ? '' : offer.offer })}
          >
            {t('desk.offer-made')}
          </Button>
        )
      }
    >
      <div className="stack tight">
        {offer.mayNot ? <Callout tone="warn">{say(offer.mayNot)}</Callout> : null}
        <p className="verse">{say(offer.text)}</p>
        <Objections objections={offer.objections} draft={draft} change={change} active={active} />
      </div>
    </Panel>
  )
}
