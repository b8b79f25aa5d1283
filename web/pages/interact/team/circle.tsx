import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, Chip, Figures, Input, Page, Panel, useProblem } from '../../../kit/index.ts'
import { CircleForm } from './circle-form.tsx'
import { TrialOfCircle } from './trial-of-circle.tsx'
import type { CircleDetail } from './types.ts'

const STEPS = ['plan', 'do', 'check', 'act'] as const

/** One circle: where it stands, what the calls say, and its history. */
export default function CirclePage() {
  const { id } = useParams()
  const { t } = useText()
  const query = useGet<CircleDetail>(`/team/circles/${id}`)
  return (
    <Page
      title={query.data?.body.title ?? t('tl.circle')}
      crumb={<Link to="/team/improve">{t('tl.improve')}</Link>}
      actions={query.data ? <Actions circle={query.data} /> : null}
    >
      <Async query={query} lines={8}>
        {circle => (
          <div className="stack">
            <Plan circle={circle} />
            <Check circle={circle} />
            <History circle={circle} />
          </div>
        )}
      </Async>
    </Page>
  )
}

function Actions({ circle }: { circle: CircleDetail }) {
  const { t } = useText()
  const may = useMay()
  const go = useNavigate()
  const problem = useProblem()
  const [form, setForm] = useState<'' | 'change' | 'follow'>('')
  const move = useChangeOf<unknown>(['/team/circles'])
  if (!may('team.write')) return null
  const at = STEPS.indexOf(circle.state)
  const to = (state: (typeof STEPS)[number]) =>
    move.mutate({ method: 'POST', path: `/team/circles/${circle.circleId}/state`, body: { state } })
  const [back, on] = [STEPS[at - 1], STEPS[at + 1]]
  return (
    <>
      <Button onClick={() => setForm('change')}>{t('tl.change-circle')}</Button>
      {back ? <Button onClick={() => to(back)}>{t('tl.back-to', { step: t(`tl.step.${back}`) })}</Button> : null}
      {on ? (
        <Button type="primary" loading={move.isPending} onClick={() => to(on)}>
          {t('tl.on-to', { step: t(`tl.step.${on}`) })}
        </Button>
      ) : (
        <Button type="primary" onClick={() => setForm('follow')}>
          {t('tl.follow')}
        </Button>
      )}
      {move.error ? <Callout tone="bad">{problem(move.error)}</Callout> : null}
      {form === 'change' ? <CircleForm circle={circle} onClose={() => setForm('')} /> : null}
      {form === 'follow' ? (
        <CircleForm
          follows={circle}
          onClose={id => {
            setForm('')
            if (id) go(`/team/improve/${id}`)
          }}
        />
      ) : null}
    </>
  )
}

function Plan({ circle: { body, state, follows, next, listName } }: { circle: CircleDetail }) {
  const { t, say, percent, day } = useText()
  return (
    <>
      <p className="row">
        {STEPS.map(step => (
          <Chip key={step} tone={step === state ? 'accent' : 'outline'}>
            {t(`tl.step.${step}`)}
          </Chip>
        ))}
        {follows === null ? null : <Link to={`/team/improve/${follows}`}>{t('tl.follows', { id: follows })}</Link>}
        {next.map(id => (
          <Link key={id} to={`/team/improve/${id}`}>
            {t('tl.led-to', { id })}
          </Link>
        ))}
      </p>
      <Panel title={t('tl.step.plan')} note={`${body.plan.owner} · ${t('tl.due-day')} ${day(body.plan.due)}`}>
        <p>{body.plan.aim}</p>
        <p className="muted">
          {t(`tl.${body.plan.measure}`)} · {t('tl.target')} {percent(body.plan.target)} ·{' '}
          {body.plan.list ? say(listName) : t('tl.all-lists')}
        </p>
      </Panel>
      <Panel title={t('tl.step.do')} note={t(`tl.do.${body.do.kind}`)}>
        <p>{body.do.what || '–'}</p>
        {body.do.trialId === null ? null : <TrialOfCircle trialId={body.do.trialId} />}
        {body.do.from === null ? null : (
          <p className="muted">
            {t('tl.since-day')} {day(body.do.from)}
          </p>
        )}
      </Panel>
    </>
  )
}

function Check({ circle: { body, check } }: { circle: CircleDetail }) {
  const { t, percent, number, day } = useText()
  const figure = (id: 'before' | 'after') => {
    const { share, low, high, of, from, to } = check![id]
    return {
      id,
      label: `${t(`tl.${id}`)} · ${day(from)} – ${day(to)}`,
      value: share === null ? '–' : percent(share),
      note:
        share === null
          ? t('tl.no-calls')
          : `${t('tl.range', { low: percent(low), high: percent(high) })} · ${t('tl.of', { count: number(of) })}`,
    }
  }
  const { share, low } = check?.after ?? { share: null, low: 0 }
  const met = share === null || share < body.plan.target ? 'open' : low >= body.plan.target ? 'met' : 'maybe'
  return (
    <>
      <Panel title={t('tl.step.check')} note={t(`tl.${body.plan.measure}`)}>
        {check === null ? (
          <p className="muted">{t('tl.check-none')}</p>
        ) : (
          <Figures
            items={[
              figure('before'),
              figure('after'),
              {
                id: 'change',
                label: t('tl.change'),
                value: check.change ? percent(check.change.difference) : '–',
                note: check.change
                  ? t('tl.range', { low: percent(check.change.low), high: percent(check.change.high) })
                  : '',
              },
              {
                id: 'target',
                label: t('tl.target'),
                value: percent(body.plan.target),
                note: t(`tl.target-${met}`),
                tone: met === 'met' ? 'good' : met === 'open' ? 'warn' : undefined,
              },
            ]}
          />
        )}
      </Panel>
      <Panel title={t('tl.step.act')}>
        <p>
          {body.act.decision ? <Chip tone="accent">{t(`tl.decision.${body.act.decision}`)}</Chip> : '–'}{' '}
          {body.act.words}
        </p>
      </Panel>
    </>
  )
}

function History({ circle }: { circle: CircleDetail }) {
  const { t, instant } = useText()
  const may = useMay()
  const problem = useProblem()
  const [text, setText] = useState('')
  const add = useChangeOf<unknown>(['/team/circles'], () => setText(''))
  const words = ({ kind, text: said }: CircleDetail['notes'][number]): string => {
    const step = STEPS.find(one => one === kind)
    if (step) return t('tl.went-to', { step: t(`tl.step.${step}`) })
    if (kind === 'trial') return t('tl.trial-decided', { text: said })
    return kind === 'changed' ? t('tl.changed', { text: said }) : said
  }
  const send = () => {
    if (text.trim() !== '')
      add.mutate({ method: 'POST', path: `/team/circles/${circle.circleId}/notes`, body: { text } })
  }
  return (
    <Panel title={t('tl.history')}>
      {may('team.write') ? (
        <div className="toolbar">
          <Input
            className="grow"
            aria-label={t('tl.write-note')}
            placeholder={t('tl.write-note')}
            maxLength={2000}
            value={text}
            onChange={event => setText(event.target.value)}
            onPressEnter={send}
          />
          <Button loading={add.isPending} onClick={send}>
            {t('tl.add-note')}
          </Button>
        </div>
      ) : null}
      {add.error ? <Callout tone="bad">{problem(add.error)}</Callout> : null}
      <ul>
        {circle.notes.map(one => (
          <li key={`${one.at} ${one.kind}`}>
            <span className="muted">
              {instant(one.at)} · {one.by}
            </span>{' '}
            {words(one)}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
