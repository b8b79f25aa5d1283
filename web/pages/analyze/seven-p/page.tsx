import { useState } from 'react'
import { NavLink, useParams } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, Page } from '../../../kit/index.ts'
import { BlockView } from './block-view.tsx'
import { ContactCostsDrawer } from './contact-costs.tsx'
import { CustomersDrawer } from './customers-drawer.tsx'
import { ExportMenu } from './export-menu.tsx'
import { FigureStrip } from './figure-strip.tsx'
import { Filters } from './filters.tsx'
import { isP, type P, seven } from './seven.ts'
import { TargetsDrawer } from './targets.tsx'
import type { SevenPPage } from './types.ts'
import { type PageFilter, useFilter } from './use-filter.ts'

/** One of the seven P. */
export default function SevenPRoute() {
  const { p = '' } = useParams()
  return <SevenPView p={isP(p) ? p : 'profiling'} />
}

function SevenPView({ p }: { p: P }) {
  const { t, say, day, month, number } = useText()
  const filter = useFilter()
  const page = useGet<SevenPPage>(`/insight/${p}`, { query: filter.query, keep: true })
  const data = page.data?.p === p ? page.data : undefined
  return (
    <Page
      title={data ? say(data.title) : t(`seven.${p}`)}
      lead={data ? say(data.question) : null}
      crumb={<NavLink to="/board">{t('board.title')}</NavLink>}
      actions={<ExportMenu path={`/insight/${p}/export`} query={filter.query} />}
    >
      <nav className="seven-nav no-print" aria-label={t('board.title')}>
        {seven.map(other => (
          <NavLink key={other} to={`/insight/${other}${filter.search}`}>
            {t(`seven.${other}`)}
          </NavLink>
        ))}
      </nav>
      <Async query={{ ...page, data } as typeof page} lines={14}>
        {answer => (
          <div className="stack">
            <Filters page={answer} filter={filter} />
            <p className="seven-scope small soft">
              {t('seven.scope', {
                inside: number(answer.customers.inside),
                all: number(answer.customers.all),
                day: day(answer.asOf),
                from: month(`${answer.period.from}-01`),
                to: month(`${answer.period.to}-01`),
                meaning: say(answer.period.meaning),
                given: answer.period.given ? 'yes' : 'no',
              })}
              <span className="only-print"> {inWords(answer, filter, say)}</span>
            </p>
            <Body key={p} page={answer} filter={filter} />
          </div>
        )}
      </Async>
    </Page>
  )
}

/** The filter, for paper, where the controls are not. */
function inWords(page: SevenPPage, filter: PageFilter, say: (text: { en: string; zh: string }) => string): string {
  const { segments, countries, provinces } = page.choices
  return [
    segments.find(choice => choice.id === filter.of('segment')),
    countries.find(choice => choice.id === filter.of('country')),
    provinces.find(choice => choice.id === filter.of('province')),
  ]
    .flatMap(choice => (choice ? [say(choice.name)] : []))
    .join(' · ')
}

function Body({ page, filter }: { page: SevenPPage; filter: PageFilter }) {
  const { t, say } = useText()
  const may = useMay()
  const [behind, setBehind] = useState<{ who: string; name: string } | null>(null)
  const [open, setOpen] = useState<'targets' | 'costs' | null>(null)
  const onWho = (who: string, name: string): void => setBehind({ who, name })
  const filtered = page.customers.inside !== page.customers.all || page.period.given
  return (
    <>
      {page.notes.map(note => (
        <Callout key={note.text.en} tone={note.tone}>
          {say(note.text)}
        </Callout>
      ))}
      {page.figures.length > 0 ? <FigureStrip page={page} filtered={filtered} onWho={onWho} /> : null}
      {may('insight.targets') ? (
        <div className="row no-print">
          {page.p === 'performance' ? <Button onClick={() => setOpen('targets')}>{t('seven.targets')}</Button> : null}
          {page.p === 'promotion' || page.p === 'profitability' ? (
            <Button onClick={() => setOpen('costs')}>{t('seven.costs')}</Button>
          ) : null}
        </div>
      ) : null}
      {page.blocks.map(block => (
        <BlockView key={block.id} page={page} block={block} filter={filter} onWho={onWho} />
      ))}
      <CustomersDrawer behind={behind} query={filter.query} onClose={() => setBehind(null)} />
      {open === 'targets' ? (
        <TargetsDrawer query={filter.query} currency={page.currency} onClose={() => setOpen(null)} />
      ) : null}
      {open === 'costs' ? <ContactCostsDrawer currency={page.currency} onClose={() => setOpen(null)} /> : null}
    </>
  )
}
