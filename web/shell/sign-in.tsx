import { type FormEvent, useEffect, useState } from 'react'
import { Navigate, useLocation } from 'react-router'
import { signIn, type User, useSession, worksAtDesk } from '../api/session.ts'
import { useText } from '../i18n/use-text.ts'
import { Button, Callout, Field, Input, Logo, TextField, useProblem } from '../kit/index.ts'
import { LoopSketch } from './loop-sketch.tsx'
import { Switches } from './switches.tsx'

/** Only a path of our own is gone back to. */
const placeOf = (state: unknown, user: User): string => {
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : null
  if (typeof from === 'string' && from !== '/' && from.startsWith('/') && !from.startsWith('//')) return from
  return worksAtDesk(user) ? '/tasks' : '/'
}

export function SignIn() {
  const { t } = useText()
  const { state } = useLocation()
  const session = useSession()
  const problem = useProblem()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    document.title = `${t('sign-in.title')} · ${t('app.name')}`
  }, [t])

  if (session.data) return <Navigate to={placeOf(state, session.data)} replace />

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setWrong(null)
    try {
      await signIn(login.trim(), password)
    } catch (error) {
      setWrong(error)
      setBusy(false)
    }
  }

  return (
    <div className="sign-in">
      <section className="sign-in-picture">
        <LoopSketch />
        <div className="stack">
          <h2>{t('sign-in.promise')}</h2>
          <p>{t('sign-in.promise-more')}</p>
        </div>
      </section>
      <main className="sign-in-form">
        <div className="row end">
          <Switches />
        </div>
        <form onSubmit={event => void submit(event)}>
          <div className="row">
            <Logo size={30} />
            <span className="strong" style={{ fontSize: 17 }}>
              {t('app.name')}
            </span>
          </div>
          <h1>{t('sign-in.title')}</h1>
          {wrong ? <Callout tone="bad">{problem(wrong)}</Callout> : null}
          <TextField
            label={t('sign-in.login')}
            name="login"
            size="large"
            autoComplete="username"
            autoFocus
            required
            value={login}
            onChange={setLogin}
          />
          <Field label={t('sign-in.password')}>
            {id => (
              <Input.Password
                id={id}
                name="password"
                size="large"
                autoComplete="current-password"
                required
                value={password}
                onChange={event => setPassword(event.target.value)}
              />
            )}
          </Field>
          <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={!login.trim() || !password}>
            {t('action.sign-in')}
          </Button>
          <p className="small muted">{t('sign-in.help')}</p>
        </form>
      </main>
    </div>
  )
}
