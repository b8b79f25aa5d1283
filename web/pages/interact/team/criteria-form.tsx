import { useState } from 'react'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, Input, Modal, useProblem } from '../../../kit/index.ts'
import type { SampleList } from './types.ts'

type Criteria = SampleList['criteria']

/** What is scored, one criterion a line. */
export function CriteriaForm({ criteria, onClose }: { criteria: Criteria; onClose: () => void }) {
  const { t } = useText()
  const problem = useProblem()
  const [text, setText] = useState(criteria.map(one => `${one.id} | ${one.name.zh} | ${one.name.en}`).join('\n'))
  const save = useChangeOf<unknown>(['/team/samples'], onClose)
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const read = lines.map(line => line.split('|').map(part => part.trim()))
  const bad = read.findIndex(
    ([id = '', zh = '', en = '', ...rest]) => !/^[a-z0-9-]{1,40}$/.test(id) || !zh || !en || rest.length > 0,
  )
  const wanted: Criteria = read.map(([id = '', zh = '', en = '']) => ({ id, name: { zh, en } }))
  return (
    <Modal
      open
      title={t('tl.criteria')}
      okText={t('tl.save')}
      cancelText={t('tl.cancel')}
      okButtonProps={{ loading: save.isPending, disabled: bad >= 0 || wanted.length === 0 }}
      onOk={() => save.mutate({ method: 'PUT', path: '/team/criteria', body: { criteria: wanted } })}
      onCancel={onClose}
    >
      <Field label={t('tl.criteria-hint')}>
        {id => <Input.TextArea id={id} rows={8} value={text} onChange={event => setText(event.target.value)} />}
      </Field>
      {bad >= 0 ? <Callout tone="warn">{t('tl.criteria-bad', { line: bad + 1 })}</Callout> : null}
      {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
    </Modal>
  )
}
