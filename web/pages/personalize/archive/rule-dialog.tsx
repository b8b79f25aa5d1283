import { useState } from 'react'
import type { ArchiveRule } from '../../../api/ledger.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Checkbox, Field, InputNumber, Modal, useProblem } from '../../../kit/index.ts'

export function RuleDialog({ rule, onClose }: { rule: ArchiveRule; onClose: () => void }) {
  const { t, term } = useText()
  const problem = useProblem()
  const [keepBytes, setKeepBytes] = useState(rule.keepBytes)
  const [years, setYears] = useState<number | null>(rule.years)
  const save = useChangeOf<ArchiveRule[]>(['/archive'], onClose)
  return (
    <Modal
      open
      title={t('archive.rule-of', { kind: term('comm-kind', rule.kind) })}
      okText={t('archive.save')}
      cancelText={t('action.close')}
      okButtonProps={{ loading: save.isPending, danger: years !== null && years !== rule.years }}
      onCancel={onClose}
      onOk={() => save.mutate({ method: 'PUT', path: `/archive/rules/${rule.kind}`, body: { keepBytes, years } })}
    >
      <div className="fields">
        <Checkbox checked={keepBytes} onChange={event => setKeepBytes(event.target.checked)}>
          {t('archive.keep')}
        </Checkbox>
        <Field label={t('archive.years')}>
          {id => (
            <InputNumber
              id={id}
              min={1}
              max={100}
              precision={0}
              value={years}
              placeholder={t('archive.years-hint')}
              onChange={setYears}
              style={{ width: '100%' }}
            />
          )}
        </Field>
        {years !== null && years !== rule.years ? (
          <Callout tone="warn">{t('archive.shorter', { years })}</Callout>
        ) : null}
        {save.isError ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
