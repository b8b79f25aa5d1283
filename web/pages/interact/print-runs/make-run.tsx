import { useState } from 'react'
import type { PrintRunList, PrintRunView } from '../../../../src/interact/print-runs/api.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Checkbox, Field, InputNumber, Modal, Select, useProblem, useToast } from '../../../kit/index.ts'
import { useChange } from './use-change.ts'

const WAYS = ['none', 'customer', 'household'] as const

/** How the waiting documents are put into envelopes; begins with what the last run was made with. */
export function MakeRun({ list, onClose }: { list: PrintRunList; onClose: () => void }) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const [draft, setDraft] = useState(list.settings)
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const make = useChange<PrintRunView>(({ id }) => {
    toast.done(t('pr.started', { id }))
    onClose()
  })
  return (
    <Modal
      open
      title={t('pr.make')}
      okText={t('pr.make')}
      cancelText={t('pr.cancel')}
      confirmLoading={make.isPending}
      onOk={() => make.mutate({ method: 'POST', path: '/print-runs', body: draft })}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">{t('pr.making', { count: list.waiting })}</p>
        <Field label={t('pr.consolidate')}>
          {id => (
            <Select
              id={id}
              value={draft.consolidate}
              style={{ width: '100%' }}
              options={WAYS.map(value => ({ value, label: t(`pr.consolidate.${value}`) }))}
              onChange={consolidate => set({ consolidate })}
            />
          )}
        </Field>
        <Checkbox checked={draft.duplex} onChange={event => set({ duplex: event.target.checked })}>
          {t('pr.duplex')}
        </Checkbox>
        <div className="stack tight">
          <span className="label">{t('pr.envelopes')}</span>
          <div className="row">
            {draft.envelopes.map((envelope, index) => (
              <Field key={envelope.code} label={envelope.code}>
                {id => (
                  <InputNumber
                    id={id}
                    min={1}
                    max={999}
                    precision={0}
                    value={envelope.mostSheets}
                    onChange={value =>
                      set({
                        envelopes: draft.envelopes.map((each, i) =>
                          i === index ? { ...each, mostSheets: value ?? each.mostSheets } : each,
                        ),
                      })
                    }
                  />
                )}
              </Field>
            ))}
          </div>
        </div>
        <div className="row">
          <Field label={t('pr.most-sheets')}>
            {id => (
              <InputNumber
                id={id}
                min={10}
                max={5000}
                precision={0}
                value={draft.mostSheetsAFile}
                onChange={value => set({ mostSheetsAFile: value ?? draft.mostSheetsAFile })}
              />
            )}
          </Field>
          <Field label={t('pr.proofs')}>
            {id => (
              <InputNumber
                id={id}
                min={0}
                max={50}
                precision={0}
                value={draft.proofs}
                onChange={value => set({ proofs: value ?? draft.proofs })}
              />
            )}
          </Field>
        </div>
        {make.isError ? <p className="bad">{problem(make.error)}</p> : null}
      </div>
    </Modal>
  )
}
