import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useParams } from 'react-router'
import { send } from '../api/client.ts'
import { useGet } from '../api/queries.ts'
import type { PublicAnswer, PublicQuestion, PublicResult } from '../api/types.ts'
import { language } from '../i18n/lang.ts'
import { useText } from '../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Field, Input, Panel, useProblem } from '../kit/index.ts'

/** What a customer sees behind a link: one question, one answer, nothing that anybody else could use. */
export default function VerifyPage() {
  const { token = '' } = useParams()
  const { t, lang } = useText()
  const question = useGet<PublicQuestion>(`/verify/${token}`)
  const own = question.data?.language
  useEffect(() => {
    document.title = t('portal.title')
  }, [t])
  // The customer's own language first; the switch below stays theirs.
  useEffect(() => {
    if (own) language.set(own.startsWith('zh') ? 'zh-CN' : 'en')
  }, [own])
  return (
    <main className="portal stack" id="content">
      <div className="row apart">
        <h1>{t('portal.title')}</h1>
        <Button type="text" onClick={() => language.set(lang === 'en' ? 'zh-CN' : 'en')}>
          {t('shell.other-language')}
        </Button>
      </div>
      <Async query={question} lines={5}>
        {data => <Question token={token} question={data} />}
      </Async>
      <p className="small muted">{t('portal.safe')}</p>
    </main>
  )
}

function Question({ token, question }: { token: string; question: PublicQuestion }) {
  const { t, term } = useText()
  const problem = useProblem()
  const [changing, setChanging] = useState(question.masked === '')
  const [fields, setFields] = useState<Record<string, string>>({})
  const answer = useMutation({
    mutationFn: (body: PublicAnswer) => send<PublicResult>('POST', `/verify/${token}`, body),
  })
  if (answer.data)
    return (
      <Panel>
        <Blank title={t('portal.thanks')}>
          {t(answer.data.state === 'confirmed' ? 'portal.thanks-confirmed' : 'portal.thanks-corrected')}
        </Blank>
      </Panel>
    )
  if (question.state !== 'open')
    return (
      <Panel>
        <Blank title={t('portal.closed')} />
      </Panel>
    )
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''))
  return (
    <Panel>
      <div className="stack">
        <p>{t('portal.lead')}</p>
        <div>
          <div className="soft">{t('portal.have', { field: term('field', question.field) })}</div>
          <p className="masked break">{question.masked || t('portal.none')}</p>
        </div>
        {answer.error ? <Callout tone="bad">{problem(answer.error)}</Callout> : null}
        {changing ? (
          <form
            className="stack"
            onSubmit={event => {
              event.preventDefault()
              answer.mutate({ confirm: false, fields: given })
            }}
          >
            <p className="strong">{t('portal.new')}</p>
            {question.fields.map(field => (
              <Field key={field} label={term('field', field)}>
                {id => (
                  <Input
                    id={id}
                    size="large"
                    type={
                      field === 'email'
                        ? 'email'
                        : /mobile|landline/.test(field)
                          ? 'tel'
                          : field === 'birth_date'
                            ? 'date'
                            : 'text'
                    }
                    value={fields[field] ?? ''}
                    onChange={event => setFields({ ...fields, [field]: event.target.value })}
                  />
                )}
              </Field>
            ))}
            <div className="row apart">
              {question.masked === '' ? (
                <span />
              ) : (
                <Button size="large" onClick={() => setChanging(false)}>
                  {t('portal.back')}
                </Button>
              )}
              <Button
                size="large"
                type="primary"
                htmlType="submit"
                disabled={Object.keys(given).length === 0}
                loading={answer.isPending}
              >
                {t('portal.send')}
              </Button>
            </div>
          </form>
        ) : (
          <div className="row">
            <Button
              size="large"
              type="primary"
              loading={answer.isPending}
              onClick={() => answer.mutate({ confirm: true, fields: {} })}
            >
              {t('portal.right')}
            </Button>
            <Button size="large" onClick={() => setChanging(true)}>
              {t('portal.changed')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  )
}
