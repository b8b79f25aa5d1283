import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Drawer, Field, Select, TextField, useProblem, useToast } from '../../../kit/index.ts'
import { bodyOf, type Draft, draftOf } from './own-draft.ts'
import { OwnFields } from './own-fields.tsx'
import { OwnTried } from './own-tried.tsx'
import type { FeatureDetail, OwnChoices, OwnPreview } from './types.ts'

interface OwnFormProps {
  feature?: FeatureDetail
  onClose: () => void
}

/** Declares a feature in words: what is counted, under which conditions, over which days; tried before it is kept. */
export function OwnForm({ feature, onClose }: OwnFormProps) {
  const { t, say } = useText()
  const client = useQueryClient()
  const toast = useToast()
  const problem = useProblem()
  const choices = useGet<OwnChoices>('/features/choices')
  const [draft, setDraft] = useState<Draft>(() => draftOf(feature))
  const change = (part: Partial<Draft>): void => {
    setDraft(before => ({ ...before, ...part }))
    tried.reset()
    save.reset()
  }
  const tried = useMutation({ mutationFn: () => send<OwnPreview>('POST', '/features/own/preview', bodyOf(draft)) })
  const save = useMutation({
    mutationFn: () =>
      feature
        ? send('PUT', `/features/own/${feature.id}`, bodyOf(draft))
        : send('POST', '/features/own', bodyOf(draft)),
    onSuccess: async () => {
      toast.done(t('own.saved', { name: say({ en: draft.nameEn, zh: draft.nameZh || draft.nameEn }) }))
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/features') })
      onClose()
    },
  })
  const whole =
    draft.nameEn.trim() !== '' &&
    (draft.over !== 'events' || draft.types.length > 0) &&
    (draft.over !== 'answers' || draft.attribute !== '')
  const error = tried.error ?? save.error
  return (
    <Drawer
      open
      onClose={onClose}
      size={640}
      title={feature ? t('own.title-change', { name: say(feature.name) }) : t('own.title')}
      footer={
        <div className="row end">
          <Button onClick={onClose}>{t('own.cancel')}</Button>
          <Button disabled={!whole} loading={tried.isPending} onClick={() => tried.mutate()}>
            {t('own.try')}
          </Button>
          <Button type="primary" disabled={!whole} loading={save.isPending} onClick={() => save.mutate()}>
            {t(feature ? 'own.save-change' : 'own.save')}
          </Button>
        </div>
      }
    >
      <div className="stack">
        <p className="soft">{t('own.lead')}</p>
        <div className="columns">
          <TextField
            label={t('own.name-en')}
            maxLength={80}
            value={draft.nameEn}
            onChange={value => change({ nameEn: value })}
          />
          <TextField
            label={t('own.name-zh')}
            maxLength={80}
            value={draft.nameZh}
            onChange={value => change({ nameZh: value })}
          />
        </div>
        <TextField
          label={t('own.meaning')}
          maxLength={400}
          value={draft.meaning}
          onChange={value => change({ meaning: value })}
        />
        <Field label={t('own.over')}>
          {id => (
            <Select
              id={id}
              value={draft.over}
              disabled={feature !== undefined}
              onChange={over => change({ over, figure: over === 'events' ? 'count' : 'money' })}
              options={(['purchases', 'events', 'answers'] as const).map(value => ({
                value,
                label: t(`own.over-${value}`),
              }))}
            />
          )}
        </Field>
        <OwnFields draft={draft} change={change} choices={choices.data} />
        {error ? <Callout tone="bad">{problem(error)}</Callout> : null}
        {tried.data ? <OwnTried tried={tried.data} /> : null}
      </div>
    </Drawer>
  )
}
