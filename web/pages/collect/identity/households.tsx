import { useGet } from '../../../api/queries.ts'
import type { HouseholdFigures } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Figures, Panel } from '../../../kit/index.ts'

/** The second level: who lives together, who works for whom; and the rules, said plainly. */
export function Households() {
  const { t, number } = useText()
  const query = useGet<HouseholdFigures>('/identity/households')
  return (
    <Async query={query} lines={8}>
      {figures => (
        <div className="stack">
          <Figures
            items={[
              {
                id: 'households',
                label: t('households.count'),
                value: number(figures.households),
                note: t('households.members', { count: figures.members, shown: number(figures.members) }),
              },
              {
                id: 'mean',
                label: t('households.mean'),
                value: figures.households > 0 ? number(figures.members / figures.households, 2) : '–',
                note: Object.entries(figures.sizes)
                  .map(([size, count]) => t('households.of-size', { size, count: number(count) }))
                  .join(' · '),
              },
              {
                id: 'staff',
                label: t('households.staff'),
                value: number(figures.people),
                note: t('households.organisations', { count: figures.organisations }),
              },
            ]}
          />
          {figures.households === 0 ? (
            <Panel>
              <Blank title={t('households.none')}>{t('households.none-hint')}</Blank>
            </Panel>
          ) : null}
          <Panel title={t('households.rules')}>
            <ul className="bullets">
              {(['home', 'shared', 'never', 'large', 'contact', 'code', 'domain'] as const).map(rule => (
                <li key={rule}>{t(`households.rule.${rule}`)}</li>
              ))}
            </ul>
          </Panel>
        </div>
      )}
    </Async>
  )
}
