import { useState } from 'react'
import type { MatrixCell, MatrixView } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Callout, Field, Modal, Select, TextAreaField, useProblem } from '../../../../kit/index.ts'
import { useSaveMatrix } from './use-save-matrix.ts'

const channels = ['email', 'sms', 'call', 'letter', 'none'] as const

/** Name, strategy, channel and offer of a cell, in both languages. */
export function CellEditor({ data, cell, onClose }: { data: MatrixView; cell: MatrixCell; onClose: () => void }) {
  const { t } = useText()
  const problem = useProblem()
  const save = useSaveMatrix(onClose)
  const { name, strategy, channel, offer } = cell
  const [draft, setDraft] = useState({ name, strategy, channel, offer })
  const text = (field: 'name' | 'strategy' | 'offer', lang: 'en' | 'zh', label: string) => (
    <TextAreaField
      label={label}
      autoSize={{ minRows: 1, maxRows: 4 }}
      maxLength={400}
      value={draft[field][lang]}
      onChange={value => setDraft({ ...draft, [field]: { ...draft[field], [lang]: value } })}
    />
  )
  const cells = data.matrix.cells.map((column, value) =>
    column.map((own, churn) => (value === cell.value && churn === cell.churn ? draft : own)),
  )
  return (
    <Modal
      open
      title={t('matrix.edit')}
      okText={t('seg.save')}
      onCancel={onClose}
      onOk={() => save.mutate({ ...data.matrix, cells })}
      confirmLoading={save.isPending}
    >
      <div className="stack">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <div className="fields">
          {text('name', 'zh', t('seg.name-zh'))}
          {text('name', 'en', t('seg.name-en'))}
          {text('strategy', 'zh', t('seg.strategy-zh'))}
          {text('strategy', 'en', t('seg.strategy-en'))}
          <Field label={t('matrix.channel')}>
            {id => (
              <Select
                id={id}
                value={draft.channel}
                onChange={value => setDraft({ ...draft, channel: value })}
                options={channels.map(value => ({ value, label: t(`matrix-channel.${value}`) }))}
              />
            )}
          </Field>
          {text('offer', 'zh', t('matrix.offer-zh'))}
          {text('offer', 'en', t('matrix.offer-en'))}
        </div>
      </div>
    </Modal>
  )
}
