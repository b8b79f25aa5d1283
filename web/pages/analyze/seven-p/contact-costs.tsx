import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Drawer, InputNumber, useProblem, useToast } from '../../../kit/index.ts'
import type { ContactCosts } from './types.ts'

/** What one contact costs, by channel, where the event of the contact does not say. */
export function ContactCostsDrawer({ currency, onClose }: { currency: string; onClose: () => void }) {
  const { t } = useText()
  const costs = useGet<ContactCosts>('/insight/contact-costs')
  return (
    <Drawer open onClose={onClose} size={460} title={t('costs.title')}>
      <Async query={costs} lines={6}>
        {data => <Form costs={data} currency={currency} onDone={onClose} />}
      </Async>
    </Drawer>
  )
}

function Form({ costs, currency, onDone }: { costs: ContactCosts; currency: string; onDone: () => void }) {
  const { t, term, number } = useText()
  const client = useQueryClient()
  const toast = useToast()
  const problem = useProblem()
  const [rows, setRows] = useState(() => costs.rows.map(({ channel, costMinor }) => ({ channel, costMinor })))
  const [busy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      await send('PUT', '/insight/contact-costs', { rows })
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/insight/') })
      toast.done(t('costs.saved'))
      onDone()
    } catch (error) {
      toast.failed(problem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="stack">
      <p className="soft">{t('costs.lead')}</p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('costs.channel')}</th>
            <th scope="col" className="right">
              {t('costs.contacts')}
            </th>
            <th scope="col" className="right">
              {t('costs.known')}
            </th>
            <th scope="col" className="right">
              {t('costs.cost', { currency })}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ channel, costMinor }, at) => {
            const own = costs.rows[at]
            return (
              <tr key={channel}>
                <td>{term('channel', channel)}</td>
                <td className="right">{number(own?.contacts ?? 0)}</td>
                <td className="right">{number(own?.known ?? 0)}</td>
                <td className="right">
                  <InputNumber
                    aria-label={`${t('costs.cost', { currency })} ${term('channel', channel)}`}
                    value={costMinor === null ? null : costMinor / 100}
                    min={0}
                    step={0.01}
                    onChange={value =>
                      setRows(rows.with(at, { channel, costMinor: value === null ? null : value * 100 }))
                    }
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <div className="row">
        <Button type="primary" loading={busy} onClick={() => void save()}>
          {t('seven.save')}
        </Button>
      </div>
    </div>
  )
}
