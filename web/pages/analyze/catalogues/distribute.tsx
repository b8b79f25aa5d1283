import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { send } from '../../../api/client.ts'
import type { CatalogueList, Distribution } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Checkbox,
  type Column,
  DataTable,
  Field,
  InputNumber,
  Modal,
  Panel,
  useProblem,
  useToast,
} from '../../../kit/index.ts'

type Row = CatalogueList['rows'][number]
type Settings = NonNullable<Distribution['settings']>

/** Copies of each, catalogues a customer may get, and who was chosen. */
export function Distribute({ catalogues }: { catalogues: readonly Row[] }) {
  const newest = useGet<Distribution>('/catalogues/distributions/newest', {
    every: data => (data?.state === 'running' ? 1000 : false),
  })
  return <Async query={newest}>{data => <Loaded key={data.id ?? 0} catalogues={catalogues} newest={data} />}</Async>
}

function Loaded({ catalogues, newest }: { catalogues: readonly Row[]; newest: Distribution }) {
  const { t, say, number, percent, day } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const before = newest.settings
  const [chosen, setChosen] = useState<Record<string, number | null>>(() =>
    Object.fromEntries(
      (before?.catalogues ?? catalogues.map(({ code }) => ({ code, copies: null })))
        .filter(({ code }) => catalogues.some(row => row.code === code))
        .map(({ code, copies }) => [code, copies]),
    ),
  )
  const [perCustomer, setPerCustomer] = useState(before?.perCustomer ?? 1)
  const [leastTaste, setLeastTaste] = useState(before?.leastTaste ?? 1.5)
  const [asking, setAsking] = useState(false)
  const settings: Settings = {
    catalogues: Object.entries(chosen).map(([code, copies]) => ({ code, copies })),
    perCustomer,
    leastTaste,
  }
  const run = useMutation({
    mutationFn: () => send('POST', '/catalogues/distributions', settings),
    onSuccess: () => setAsking(false),
    onError: error => toast.failed(problem(error)),
    onSettled: () =>
      client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/catalogues/') }),
  })
  const given = new Map(newest.result?.rows.map(row => [row.code, row]))
  const mayWrite = may('catalogues.write')
  const columns: Column<Row>[] = [
    {
      id: 'name',
      title: t('catalogues.catalogue'),
      cell: row => (
        <Checkbox
          checked={row.code in chosen}
          disabled={!mayWrite}
          onChange={event =>
            setChosen(all => {
              const { [row.code]: _, ...others } = all
              return event.target.checked ? { ...all, [row.code]: null } : others
            })
          }
        >
          {say(row.name)}
        </Checkbox>
      ),
    },
    {
      id: 'copies',
      title: t('catalogues.copies'),
      right: true,
      cell: row => (
        <InputNumber
          min={1}
          aria-label={t('catalogues.copies-of', { name: say(row.name) })}
          disabled={!mayWrite || !(row.code in chosen)}
          placeholder={t('catalogues.no-limit')}
          value={chosen[row.code] ?? null}
          onChange={copies => setChosen(all => ({ ...all, [row.code]: copies }))}
        />
      ),
    },
    {
      id: 'wanted',
      title: t('catalogues.wanted'),
      right: true,
      cell: row => (given.has(row.code) ? number(given.get(row.code)!.wanted) : '–'),
    },
    {
      id: 'given',
      title: t('catalogues.given'),
      right: true,
      cell: row =>
        given.has(row.code) ? (
          <Link to={`/catalogues/${row.code}?tab=recipients`}>{number(given.get(row.code)!.given)}</Link>
        ) : (
          '–'
        ),
    },
    {
      id: 'taste',
      title: t('catalogues.mean-taste'),
      right: true,
      cell: row => (given.get(row.code)?.given ? `${number(given.get(row.code)!.taste, 1)}×` : '–'),
    },
    {
      id: 'price',
      title: <span title={t('catalogues.price-note')}>{t('catalogues.price')}</span>,
      right: true,
      cell: row => (given.has(row.code) ? number(given.get(row.code)!.price, 2) : '–'),
    },
  ]
  const { result, asOf, state } = newest
  return (
    <Panel
      flush
      title={t('catalogues.who-gets')}
      note={
        result && asOf
          ? t('catalogues.result', {
              reached: number(result.reached),
              customers: number(result.customers),
              day: day(asOf),
              gap: percent(result.bound > 0 ? (result.bound - result.value) / result.bound : 0, 2),
            })
          : state === 'failed'
            ? t('catalogues.failed')
            : t('catalogues.who-note')
      }
      extra={
        mayWrite ? (
          <Button
            className="no-print"
            type="primary"
            loading={state === 'running' || run.isPending}
            disabled={settings.catalogues.length === 0}
            onClick={() => setAsking(true)}
          >
            {t('catalogues.choose')}
          </Button>
        ) : null
      }
    >
      <div className="toolbar product-filters">
        <Field label={t('catalogues.per-customer')}>
          {id => (
            <InputNumber
              id={id}
              min={1}
              max={10}
              disabled={!mayWrite}
              value={perCustomer}
              onChange={n => setPerCustomer(n ?? 1)}
            />
          )}
        </Field>
        <Field label={t('catalogues.least-taste')}>
          {id => (
            <InputNumber
              id={id}
              min={1}
              max={20}
              step={0.1}
              suffix="×"
              disabled={!mayWrite}
              value={leastTaste}
              onChange={n => setLeastTaste(n ?? 1)}
            />
          )}
        </Field>
      </div>
      <DataTable columns={columns} rows={catalogues} rowId={row => row.code} />
      {asking ? (
        <Modal
          open
          title={t('catalogues.ask-choose')}
          okText={t('catalogues.choose')}
          cancelText={t('action.close')}
          confirmLoading={run.isPending}
          onOk={() => run.mutate()}
          onCancel={() => setAsking(false)}
        >
          <p>{t('catalogues.ask-choose-what', { count: settings.catalogues.length })}</p>
        </Modal>
      ) : null}
    </Panel>
  )
}
