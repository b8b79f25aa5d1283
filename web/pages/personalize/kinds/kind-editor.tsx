import { useState } from 'react'
import type { KindBody, KindList, KindRow } from '../../../../src/personalize/kinds/api.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Checkbox,
  Drawer,
  Field,
  Input,
  Modal,
  Select,
  useDraft,
  useNarrow,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { WaysField } from './ways-field.tsx'

const CLASSES = ['legal', 'service', 'offer'] as const
const FORMS = ['paper', 'electronic-with-consent', 'free'] as const
const DOCUMENTS = ['attached', 'linked'] as const
const STANDARDS = ['1.7', 'a-2u', 'ua-1'] as const

interface EditorProps {
  /** Null: a new one. */
  kind: KindRow | null
  taken: string[]
  templates: KindList['templates']
  readOnly: boolean
  onClose: () => void
}

const bodyOf = (kind: KindRow | null): KindBody => ({
  code: kind?.code ?? '',
  name: kind?.name ?? { en: '', zh: '' },
  class: kind?.class ?? 'service',
  legalForm: kind?.legalForm ?? 'free',
  ways: kind?.ways.map(({ channel, template }) => ({ channel, template })) ?? [],
  duplicate: kind?.duplicate ?? false,
  document: kind?.document ?? 'attached',
  pdf: kind?.pdf ?? '1.7',
})

export function KindEditor({ kind, taken, templates, readOnly, onClose }: EditorProps) {
  const { t, say, term } = useText()
  const toast = useToast()
  const problem = useProblem()
  const narrow = useNarrow()
  const [sure, setSure] = useState(false)
  const [draft, set, drop] = useDraft<KindBody>(`kind/${kind?.code ?? 'new'}`, () => bodyOf(kind))
  const saved = useChangeOf<KindList>(['/kinds'], (_, { method }) => {
    toast.done(t(method === 'DELETE' ? 'kinds.removed' : 'kinds.saved'))
    drop()
    onClose()
  })
  const path = `/kinds/${draft.code}`
  const complete =
    /^[a-z][a-z0-9-]{0,39}$/.test(draft.code) &&
    (kind !== null || !taken.includes(draft.code)) &&
    draft.name.en.trim() !== '' &&
    draft.name.zh.trim() !== '' &&
    draft.ways.length > 0
  const close = () => {
    drop()
    onClose()
  }
  return (
    <Drawer
      open
      size={narrow ? '100%' : 560}
      title={kind ? t('kinds.edit', { name: say(kind.name) }) : t('kinds.new')}
      onClose={close}
      footer={
        readOnly ? null : (
          <div className="row" style={{ justifyContent: 'space-between' }}>
            {kind ? (
              <Button danger type="text" onClick={() => setSure(true)}>
                {t('kinds.remove')}
              </Button>
            ) : (
              <span />
            )}
            <span className="row">
              <Button onClick={close}>{t('kinds.cancel')}</Button>
              <Button
                type="primary"
                disabled={!complete}
                loading={saved.isPending}
                onClick={() => saved.mutate({ method: 'PUT', path, body: draft })}
              >
                {t('kinds.save')}
              </Button>
            </span>
          </div>
        )
      }
    >
      <fieldset className="stack" style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }} disabled={readOnly}>
        {saved.error ? <Callout tone="bad">{problem(saved.error)}</Callout> : null}
        <Field label={t('kinds.code')}>
          {id => (
            <>
              <Input
                id={id}
                value={draft.code}
                disabled={kind !== null}
                maxLength={40}
                onChange={event => set({ code: event.target.value.toLowerCase() })}
              />
              <p className="small soft">{t('kinds.code-help')}</p>
            </>
          )}
        </Field>
        {(['zh', 'en'] as const).map(side => (
          <Field key={side} label={t(`kinds.name-${side}`)}>
            {id => (
              <Input
                id={id}
                value={draft.name[side]}
                maxLength={80}
                onChange={event => set({ name: { ...draft.name, [side]: event.target.value } })}
              />
            )}
          </Field>
        ))}
        <Choice
          label={t('kinds.class')}
          value={draft.class}
          values={CLASSES}
          name={value => t(`kinds.class.${value}`)}
          onChange={value => set({ class: value })}
        />
        <Choice
          label={t('kinds.form')}
          value={draft.legalForm}
          values={FORMS}
          name={value => t(`kinds.form.${value}`)}
          onChange={value => set({ legalForm: value })}
        />
        <WaysField ways={draft.ways} templates={templates} onChange={ways => set({ ways })} />
        <Checkbox checked={draft.duplicate ?? false} onChange={event => set({ duplicate: event.target.checked })}>
          {t('kinds.duplicate')}
        </Checkbox>
        {draft.ways.some(way => way.channel === 'email') ? (
          <Choice
            label={t('kinds.document')}
            value={draft.document ?? 'attached'}
            values={DOCUMENTS}
            name={value => t(`kinds.document.${value}`)}
            onChange={value => set({ document: value })}
          />
        ) : null}
        {draft.ways.some(way => way.channel === 'print') ? (
          <Choice
            label={t('kinds.pdf')}
            value={draft.pdf ?? '1.7'}
            values={STANDARDS}
            name={value => t(`kinds.pdf.${value}`)}
            onChange={value => set({ pdf: value })}
          />
        ) : null}
        <p className="small muted">{draft.ways.map(way => term('channel', way.channel)).join(' → ')}</p>
      </fieldset>
      <Modal
        open={sure}
        title={t('kinds.remove')}
        okText={t('kinds.remove')}
        cancelText={t('kinds.cancel')}
        okButtonProps={{ danger: true }}
        onCancel={() => setSure(false)}
        onOk={() => {
          setSure(false)
          saved.mutate({ method: 'DELETE', path })
        }}
      >
        {kind ? t('kinds.remove-sure', { name: say(kind.name) }) : null}
      </Modal>
    </Drawer>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  value: T
  values: readonly T[]
  name: (value: T) => string
  onChange: (value: T) => void
}

function Choice<T extends string>({ label, value, values, name, onChange }: ChoiceProps<T>) {
  return (
    <Field label={label}>
      {id => (
        <Select<T>
          id={id}
          value={value}
          style={{ width: '100%' }}
          options={values.map(each => ({ value: each, label: name(each) }))}
          onChange={onChange}
        />
      )}
    </Field>
  )
}
