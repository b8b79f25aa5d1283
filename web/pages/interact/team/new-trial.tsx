import { useState } from 'react'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, Input, InputNumber, Modal, Select, useProblem } from '../../../kit/index.ts'
import type { TrialList } from './types.ts'

const MEASURES = ['conversion', 'contact', 'completion', 'fields'] as const

export function NewTrial({ list, onClose }: { list: TrialList; onClose: () => void }) {
  const { t, say } = useText()
  const problem = useProblem()
  const choices = list.templates.filter(one => one.versions.length > 1)
  const first = choices[0]
  const [name, setName] = useState('')
  const [calls, setCalls] = useState(list.lists[0]?.list ?? '')
  const [template, setTemplate] = useState(first?.template ?? '')
  const [versionA, setA] = useState(first?.versions[1] ?? 0)
  const [versionB, setB] = useState(first?.versions[0] ?? 0)
  const [share, setShare] = useState(50)
  const [planned, setPlanned] = useState(400)
  const [measure, setMeasure] = useState<(typeof MEASURES)[number]>('conversion')
  const [until, setUntil] = useState('')
  const start = useChangeOf<unknown>(['/team/trials'], onClose)
  const versions = (choices.find(one => one.template === template)?.versions ?? []).map(version => ({
    value: version,
    label: t('tl.version', { version }),
  }))
  const choose = (to: string): void => {
    const its = choices.find(one => one.template === to)?.versions ?? []
    setTemplate(to)
    setA(its[1] ?? 0)
    setB(its[0] ?? 0)
  }
  const body = {
    name,
    list: calls,
    template,
    versionA,
    versionB,
    share: share / 100,
    planned,
    measure,
    until: until || null,
  }
  return (
    <Modal
      open
      title={t('tl.new-trial')}
      okText={t('tl.start')}
      cancelText={t('tl.cancel')}
      okButtonProps={{
        loading: start.isPending,
        disabled: name.trim() === '' || calls === '' || template === '' || versionA === versionB,
      }}
      onOk={() => start.mutate({ method: 'POST', path: '/team/trials', body })}
      onCancel={onClose}
    >
      <div className="stack">
        {first ? null : <Callout tone="warn">{t('tl.one-version')}</Callout>}
        <Field label={t('tl.trial-name')}>
          {id => <Input id={id} maxLength={120} value={name} onChange={event => setName(event.target.value)} />}
        </Field>
        <Field label={t('tl.list')}>
          {id => (
            <Select
              id={id}
              value={calls}
              onChange={setCalls}
              options={list.lists.map(row => ({ value: row.list, label: say(row.name) }))}
            />
          )}
        </Field>
        <Field label={t('tl.template')}>
          {id => (
            <Select
              id={id}
              value={template}
              onChange={choose}
              options={choices.map(one => ({ value: one.template, label: say(one.name) }))}
            />
          )}
        </Field>
        <Field label={t('tl.version-a')}>
          {id => <Select id={id} value={versionA} onChange={setA} options={versions} />}
        </Field>
        <Field label={t('tl.version-b')}>
          {id => <Select id={id} value={versionB} onChange={setB} options={versions} />}
        </Field>
        <Field label={t('tl.share-b')}>
          {id => <InputNumber id={id} min={5} max={95} value={share} onChange={value => setShare(value ?? 50)} />}
        </Field>
        <Field label={t('tl.planned')}>
          {id => (
            <InputNumber id={id} min={10} max={1_000_000} value={planned} onChange={value => setPlanned(value ?? 10)} />
          )}
        </Field>
        <Field label={t('tl.trial-measure')}>
          {id => (
            <Select
              id={id}
              value={measure}
              onChange={setMeasure}
              options={MEASURES.map(value => ({ value, label: t(`tl.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('tl.until')}>
          {id => <Input id={id} type="date" value={until} onChange={event => setUntil(event.target.value)} />}
        </Field>
        <p className="note">{t('tl.ends-hint')}</p>
        {start.error ? <Callout tone="bad">{problem(start.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
