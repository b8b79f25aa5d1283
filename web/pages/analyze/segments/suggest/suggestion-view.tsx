import type { SuggestionResult } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Button, Chip, type Column, DataTable, Figures, Panel } from '../../../../kit/index.ts'

type Group = SuggestionResult['groups'][number]

interface SuggestionViewProps {
  result: SuggestionResult
  busy: boolean
  onAccept: () => void
}

/** What was found, how sure it is, and the price of being readable. */
export function SuggestionView({ result, busy, onAccept }: SuggestionViewProps) {
  const { t, number, percent } = useText()
  const tried: Column<SuggestionResult['tried'][number]>[] = [
    { id: 'k', title: t('seg.groups'), cell: row => number(row.k) },
    {
      id: 's',
      title: t('seg.silhouette'),
      right: true,
      cell: row => (
        <span className="row end tight">
          {number(row.silhouette, 3)}
          {row.k === result.k ? <Chip tone="good">{t('seg.taken')}</Chip> : null}
        </span>
      ),
    },
  ]
  return (
    <div className="stack">
      <Figures
        items={[
          {
            id: 'k',
            label: t('seg.groups'),
            value: number(result.k),
            note: t('seg.among', { buyers: number(result.buyers) }),
          },
          {
            id: 'accuracy',
            label: t('seg.accuracy'),
            value: percent(result.accuracy, 0),
            note: t('seg.accuracy-note'),
          },
          {
            id: 'stability',
            label: t('seg.stability'),
            value: number(result.stability, 2),
            note: t('seg.stability-note'),
          },
        ]}
      />
      {result.groups.map(group => (
        <GroupPanel key={group.code} group={group} />
      ))}
      <details>
        <summary>{t('seg.criterion')}</summary>
        <DataTable columns={tried} rows={result.tried} rowId={row => row.k} />
      </details>
      <div className="row">
        <Button type="primary" loading={busy} onClick={onAccept}>
          {t('seg.accept')}
        </Button>
        <span className="small muted">{t('seg.accept-note')}</span>
      </div>
    </div>
  )
}

function GroupPanel({ group }: { group: Group }) {
  const { t, say, number, percent } = useText()
  const apart = group.profile.toSorted((a, b) => Math.abs(b.z) - Math.abs(a.z)).slice(0, 4)
  return (
    <Panel
      title={say(group.name)}
      note={t('seg.group-note', {
        customers: number(group.customers),
        purity: percent(group.purity, 0),
        coverage: percent(group.coverage, 0),
      })}
    >
      <p className="rule">{say(group.rule)}</p>
      <div className="row wrap-row tight">
        {apart.map(({ feature, name, mean, all, z }) => (
          <Chip key={feature} tone={Math.abs(z) > 0.8 ? 'accent' : 'plain'}>
            {t('seg.profile', { feature: say(name), mean: say(mean), all: say(all) })}
          </Chip>
        ))}
      </div>
    </Panel>
  )
}
