import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Chip, Field, Input, Panel, useToast } from '../../../kit/index.ts'
import { Confirm } from './confirm.tsx'
import type { WebSite, WebSiteList } from './types.ts'
import { useChange } from './use-change.ts'

export function WebSites() {
  const { t, number } = useText()
  const list = useGet<WebSiteList>('/web-sites')
  const [editing, setEditing] = useState<WebSite | 'new' | null>(null)
  const [removing, setRemoving] = useState<WebSite | null>(null)
  const [removed, setRemoved] = useState<WebSite | null>(null)
  const change = useChange(() => setRemoving(null))
  const put = (site: WebSite, body: object) => change.mutate({ method: 'PUT', path: `/web-sites/${site.siteId}`, body })
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
      {t('site.add')}
    </Button>
  )
  const remove = (site: WebSite) => {
    put(site, { deleted: true })
    setRemoved(site)
  }
  const undo = () => {
    if (removed) put(removed, { deleted: false })
    setRemoved(null)
  }
  return (
    <div className="stack">
      {removed ? (
        <Callout extra={<Button onClick={undo}>{t('gb.undo')}</Button>}>
          {t('gb.removed', { name: removed.name })}
        </Callout>
      ) : null}
      <Async query={list}>
        {({ rows, script }) =>
          rows.length === 0 ? (
            <Panel>
              <Blank title={t('site.none')} actions={add}>
                {t('site.none-hint')}
              </Blank>
            </Panel>
          ) : (
            <>
              <div className="row end">{add}</div>
              {rows.map(site => (
                <Panel
                  key={site.siteId}
                  title={site.name}
                  note={site.origins.join(', ')}
                  extra={
                    <span className="row tight">
                      {site.paused ? <Chip tone="warn">{t('gb.paused')}</Chip> : null}
                      <Button size="small" onClick={() => setEditing(site)}>
                        {t('gb.edit')}
                      </Button>
                      <Button size="small" onClick={() => put(site, { paused: !site.paused })}>
                        {t(site.paused ? 'gb.resume' : 'gb.pause')}
                      </Button>
                      <Button size="small" danger onClick={() => setRemoving(site)}>
                        {t('gb.remove')}
                      </Button>
                    </span>
                  }
                >
                  <Snippet site={site} hash={script.hash} integrity={script.integrity} />
                  <p className="soft">{t('site.snippet-note', { bytes: number(script.bytes) })}</p>
                </Panel>
              ))}
            </>
          )
        }
      </Async>
      {editing ? <SiteForm site={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
      {removing ? (
        <Confirm
          title={t('gb.remove')}
          danger
          busy={change.isPending}
          error={change.error}
          onNo={() => setRemoving(null)}
          onYes={() => remove(removing)}
        >
          {t('site.remove-ask', { name: removing.name })}
        </Confirm>
      ) : null}
    </div>
  )
}

function Snippet({ site, hash, integrity }: { site: WebSite; hash: string; integrity: string }) {
  const { t } = useText()
  const toast = useToast()
  const text = [
    '<script>window.huiyin=window.huiyin||function(){(huiyin.q=huiyin.q||[]).push(arguments)}</script>',
    `<script async src="${location.origin}/huiyin.${hash}.js" integrity="${integrity}" crossorigin="anonymous" data-site="${site.siteKey}"></script>`,
  ].join('\n')
  const copy = () => void navigator.clipboard?.writeText(text).then(() => toast.done(t('site.copied')))
  return (
    <div className="stack tight">
      <pre className="mono snippet">{text}</pre>
      <div>
        <Button size="small" onClick={copy}>
          {t('site.copy')}
        </Button>
      </div>
    </div>
  )
}

function SiteForm({ site, onClose }: { site: WebSite | null; onClose: () => void }) {
  const { t } = useText()
  const [name, setName] = useState(site?.name ?? '')
  const [origins, setOrigins] = useState(site?.origins.join('\n') ?? 'https://')
  const save = useChange(onClose)
  const body = {
    name,
    origins: origins
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean),
  }
  return (
    <Confirm
      title={site ? t('gb.save') : t('site.add')}
      busy={save.isPending}
      error={save.error}
      onNo={onClose}
      onYes={() =>
        site
          ? save.mutate({ method: 'PUT', path: `/web-sites/${site.siteId}`, body })
          : save.mutate({ method: 'POST', path: '/web-sites', body })
      }
    >
      <div className="stack tight">
        <Field label={t('gb.name')}>
          {id => (
            <Input id={id} autoFocus maxLength={80} value={name} onChange={event => setName(event.target.value)} />
          )}
        </Field>
        <Field label={t('site.origins')}>
          {id => <Input.TextArea id={id} rows={3} value={origins} onChange={event => setOrigins(event.target.value)} />}
        </Field>
      </div>
    </Confirm>
  )
}
