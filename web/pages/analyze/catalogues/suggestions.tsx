import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import type { CatalogueSuggestions } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Panel, useProblem, useToast } from '../../../kit/index.ts'

type Suggestion = CatalogueSuggestions['rows'][number]

/** Of an English name a code that is not taken. */
function codeFor(name: string, taken: readonly string[]): string {
  const base =
    name
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 36) || 'THEME'
  for (let k = 1; ; k++) {
    const code = k === 1 ? base : `${base}-${k}`
    if (!taken.includes(code)) return code
  }
}

/** Themes that customers' own tastes make; each can be taken over and changed. */
export function Suggestions({ taken }: { taken: readonly string[] }) {
  const { t } = useText()
  const [asked, setAsked] = useState(false)
  const found = useGet<CatalogueSuggestions>('/catalogues/suggestions', { enabled: asked })
  return (
    <Panel
      title={t('catalogues.suggestions')}
      note={t('catalogues.suggestions-note')}
      extra={
        asked ? null : (
          <Button className="no-print" onClick={() => setAsked(true)}>
            {t('catalogues.suggest')}
          </Button>
        )
      }
    >
      {asked ? (
        <Async query={found} lines={8}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Blank title={t('catalogues.no-suggestions')} />
            ) : (
              <ul className="plain suggestion-grid">
                {rows.map(suggestion => (
                  <Suggested key={suggestion.products[0]?.code ?? ''} suggestion={suggestion} taken={taken} />
                ))}
              </ul>
            )
          }
        </Async>
      ) : null}
    </Panel>
  )
}

function Suggested({ suggestion, taken }: { suggestion: Suggestion; taken: readonly string[] }) {
  const { t, say, number, percent } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const { name, about, products, cohesion } = suggestion
  const take = useMutation({
    mutationFn: () =>
      send('PUT', `/catalogues/${codeFor(name.en, taken)}`, {
        name,
        about,
        products: products.map(product => product.code),
        source: 'suggested',
      }),
    onSuccess: () => toast.done(t('catalogues.taken')),
    onError: error => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['/catalogues'] }),
  })
  return (
    <li className="suggestion">
      <div className="row apart">
        <span className="strong">{say(name)}</span>
        {may('catalogues.write') ? (
          <Button className="no-print" size="small" loading={take.isPending} onClick={() => take.mutate()}>
            {t('catalogues.take')}
          </Button>
        ) : null}
      </div>
      <div className="small muted">
        {t('catalogues.cohesion', { count: number(products.length), share: percent(cohesion, 0) })}
      </div>
      <div className="small wrap">
        {products
          .slice(0, 6)
          .map(product => say(product.name))
          .join(' · ')}
      </div>
    </li>
  )
}
