import type { FragmentSource } from '../../../../src/personalize/templates/source.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { OfferList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Checkbox, Field, Select } from '../../../kit/index.ts'

interface ObjectionSettingsProps {
  source: FragmentSource
  locked: boolean
  change: (source: FragmentSource, about: string) => void
}

/** A fragment that is said at the desk: the title is what customers say against an offer, the text what to answer. */
export function ObjectionSettings({ source, locked, change }: ObjectionSettingsProps) {
  const { t, say } = useText()
  const may = useMay()
  // Authors who may not read the plan name offers by their code.
  const offers = useGet<OfferList>('/offers', { enabled: may('plan.read') })
  const { objection, ...rest } = source
  return (
    <div className="stack objection-settings">
      <Checkbox
        checked={objection !== undefined}
        disabled={locked}
        onChange={event =>
          change(event.target.checked ? { ...rest, objection: { offers: [] } } : rest, t('fragments.objection'))
        }
      >
        {t('fragments.objection')}
      </Checkbox>
      {objection ? (
        <Field label={t('fragments.objection-offers')}>
          {id => (
            <Select
              id={id}
              mode="tags"
              disabled={locked}
              placeholder={t('fragments.objection-every')}
              value={objection.offers}
              onChange={value => change({ ...source, objection: { offers: value } }, t('fragments.objection-offers'))}
              options={(offers.data?.rows ?? []).map(one => ({ value: one.id, label: say(one.name) }))}
            />
          )}
        </Field>
      ) : null}
    </div>
  )
}
