import { useState } from 'react'
import type { Matrix, MatrixView } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Button, Callout, Field, InputNumber, Modal, Select, useProblem } from '../../../../kit/index.ts'
import { resized } from './resized.ts'
import { useSaveMatrix } from './use-save-matrix.ts'

type AxisName = 'value' | 'churn'
const MOST_CUTS = 4

/** Where one class ends and the next begins: amounts and probabilities, or shares of the customers. */
export function LimitsEditor({ data, onClose }: { data: MatrixView; onClose: () => void }) {
  const { t } = useText()
  const problem = useProblem()
  const save = useSaveMatrix(onClose)
  const [matrix, setMatrix] = useState<Matrix>(data.matrix)
  const axis = (name: AxisName) => {
    const { by, cuts } = matrix[name]
    const scale = by === 'quantiles' || name === 'churn' ? 0.01 : 100
    const put = (next: number[], how: Matrix['value']['by'] = by) =>
      setMatrix(resized({ ...matrix, [name]: { by: how, cuts: next } }))
    const last = cuts.at(-1) ?? 0
    return (
      <Field label={t(name === 'value' ? 'matrix.value-axis' : 'matrix.churn-axis')}>
        {id => (
          <div className="stack tight">
            <Select
              id={id}
              value={by}
              onChange={how =>
                put(how === 'quantiles' ? [0.5, 0.8] : name === 'value' ? [...data.valueCuts] : [0.3, 0.6], how)
              }
              options={[
                { value: 'quantiles', label: t('matrix.by-quantiles') },
                { value: 'thresholds', label: t('matrix.by-thresholds') },
              ]}
            />
            <span className="row wrap-row tight">
              {cuts.map((cut, k) => (
                <InputNumber
                  key={keyOf(k)}
                  aria-label={t('matrix.limit', { number: k + 1 })}
                  value={Number((cut / scale).toPrecision(12))}
                  suffix={scale === 0.01 ? '%' : undefined}
                  onChange={value => put(cuts.with(k, (value ?? 0) * scale))}
                />
              ))}
              {cuts.length < MOST_CUTS ? (
                <Button
                  onClick={() =>
                    put([...cuts, by === 'quantiles' || name === 'churn' ? (1 + last) / 2 : last * 2 || 10_000])
                  }
                >
                  {t('matrix.more')}
                </Button>
              ) : null}
              {cuts.length > 1 ? <Button onClick={() => put(cuts.slice(0, -1))}>{t('matrix.fewer')}</Button> : null}
            </span>
          </div>
        )}
      </Field>
    )
  }
  return (
    <Modal
      open
      title={t('matrix.limits')}
      okText={t('seg.save')}
      onCancel={onClose}
      onOk={() => save.mutate(matrix)}
      confirmLoading={save.isPending}
    >
      <div className="stack">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        {axis('value')}
        {axis('churn')}
        <p className="small muted">{t('matrix.limits-note')}</p>
      </div>
    </Modal>
  )
}

/** Limits have no names: their place is what they are. */
const keyOf = (place: number): string => `limit ${place}`
