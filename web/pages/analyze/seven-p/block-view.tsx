import { useCallback, useMemo } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Panel, RegionMap, Select } from '../../../kit/index.ts'
import { Explain } from './explain.tsx'
import { ExportMenu } from './export-menu.tsx'
import { Heat } from './heat.tsx'
import { inShort } from './in-unit.ts'
import { Curve, Lines } from './lines.tsx'
import { Rows } from './rows.tsx'
import type { Block, SevenPPage } from './types.ts'
import type { PageFilter } from './use-filter.ts'

interface BlockProps {
  page: SevenPPage
  block: Block
  filter: PageFilter
  onWho: (who: string, name: string) => void
}

/** A picture and its table, with how it is reckoned, a choice of its own where it has one, and the block as a file. */
export function BlockView({ page, block, filter, onWho }: BlockProps) {
  const { t, say } = useText()
  const { currency } = page
  const name = say(block.title)
  const { choice } = block
  const empty = block.rows.length === 0
  return (
    <Panel
      className={`seven-block draw-${block.draw}`}
      title={
        <>
          {name}{' '}
          <Explain
            name={name}
            formula={say(block.formula)}
            table={block.table}
            lineage={page.lineage}
            asOf={page.asOf}
          />
        </>
      }
      note={block.note ? say(block.note) : null}
      extra={
        <span className="row nowrap-row no-print">
          {choice ? (
            <Select
              aria-label={name}
              className="block-choice"
              value={choice.value}
              onChange={value => filter.set({ [choice.param]: value })}
              options={choice.options.map(option => ({ value: option.id, label: say(option.name) }))}
            />
          ) : null}
          {empty ? null : (
            <ExportMenu path={`/insight/${page.p}/export`} query={{ ...filter.query, block: block.id }} small />
          )}
        </span>
      }
      flush={block.draw === 'bars' || block.draw === 'table'}
    >
      {empty ? (
        <Blank title={say(block.empty)} />
      ) : (
        <Picture page={page} block={block} currency={currency} filter={filter} onWho={onWho} />
      )}
      {!empty && (block.draw === 'lines' || block.draw === 'curve') ? (
        <details className="as-table">
          <summary>{t('seven.as-table')}</summary>
          <Rows block={{ ...block, draw: 'table' }} currency={currency} onWho={onWho} first={60} />
        </details>
      ) : null}
    </Panel>
  )
}

function Picture({ block, currency, filter, onWho }: BlockProps & { currency: string }) {
  switch (block.draw) {
    case 'lines':
      return <Lines block={block} currency={currency} />
    case 'curve':
      return <Curve block={block} currency={currency} />
    case 'heat':
      return <Heat block={block} currency={currency} onWho={onWho} />
    case 'world':
    case 'china':
    case 'province':
      return <Places block={block} currency={currency} filter={filter} onWho={onWho} />
    default:
      return <Rows block={block} currency={currency} onWho={onWho} />
  }
}

/** The map beside its table; a region opened narrows the page to it. */
function Places({ block, currency, filter, onWho }: Omit<BlockProps, 'page'> & { currency: string }) {
  const speech = useText()
  const { say } = speech
  const shown = block.columns[block.shown]!
  const write = useCallback(
    (value: number) => inShort(value, shown.unit, currency, speech),
    [shown.unit, currency, speech],
  )
  const regions = useMemo(
    () => block.rows.map(row => ({ id: row.key, name: say(row.label), value: row.values[block.shown] ?? 0 })),
    [block, say],
  )
  const open = (id: string): void => {
    if (!block.rows.some(row => row.key === id)) return
    if (block.draw === 'world') filter.set({ country: id, province: '' })
    if (block.draw === 'china') filter.set({ country: 'CN', province: id })
  }
  return (
    <div className="places">
      <RegionMap
        map={block.draw === 'province' ? (block.map ?? 'china') : block.draw}
        regions={regions}
        write={write}
        height={block.draw === 'world' ? 320 : 400}
        label={`${say(block.title)}: ${block.rows
          .slice(0, 5)
          .map(row => `${say(row.label)} ${write(row.values[block.shown] ?? 0)}`)
          .join(', ')}`}
        onOpen={open}
      />
      <div>
        <Rows block={{ ...block, draw: 'table' }} currency={currency} onWho={onWho} first={10} />
      </div>
    </div>
  )
}
