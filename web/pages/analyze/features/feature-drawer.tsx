import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, Drawer, Panel } from '../../../kit/index.ts'
import { DistributionChart } from './distribution-chart.tsx'
import { driftTone } from './drift-tone.ts'
import { Extremes } from './extremes.tsx'
import { OwnForm } from './own-form.tsx'
import { OwnState } from './own-state.tsx'
import type { FeatureDetail } from './types.ts'

interface DrawerProps {
  id: string
  onOpen: (id: string) => void
  onClose: () => void
}

/** One feature in full. */
export function FeatureDrawer({ id, onOpen, onClose }: DrawerProps) {
  const { t, say } = useText()
  const detail = useGet<FeatureDetail>(`/features/${id}`)
  return (
    <Drawer open onClose={onClose} size={720} title={detail.data ? say(detail.data.name) : t('features.name')}>
      <Async query={detail} lines={14}>
        {feature => <Detail feature={feature} onOpen={onOpen} />}
      </Async>
    </Drawer>
  )
}

function Detail({ feature, onOpen }: { feature: FeatureDetail; onOpen: (id: string) => void }) {
  const { t, say, number, percent } = useText()
  const may = useMay()
  const [changing, setChanging] = useState(false)
  const { distribution, drift } = feature
  return (
    <div className="stack">
      <p className="soft">
        {say(feature.meaning)} <span className="mono small muted">{feature.id}</span>
      </p>
      {feature.own && may('features.write') ? (
        <div className="row">
          {feature.own.byTurn ? null : <Button onClick={() => setChanging(true)}>{t('fcat.change')}</Button>}
          <OwnState feature={feature} />
        </div>
      ) : null}
      <Panel
        title={t('fcat.distribution')}
        note={t('fcat.distribution-note')}
        extra={drift ? <Chip tone={driftTone[drift.verdict]}>{t(`drift.${drift.verdict}`)}</Chip> : null}
      >
        {feature.rows === 0 ? (
          <Blank title={t('fcat.waiting')} />
        ) : (
          <div className="stack tight">
            <p className="small">
              {t('fcat.known')} {percent(feature.known / feature.rows, 1)} ({number(feature.known)})
              {distribution.different === null
                ? ''
                : ` · ${t('fcat.different', { count: distribution.different, shown: number(distribution.different) })}`}
              {drift
                ? ` · ${t('drift.note', { psi: number(drift.psi, 3), chance: number(drift.chance, 3) })}`
                : ` · ${t('feature.drift-none')}`}
            </p>
            <DistributionChart feature={feature} />
            {distribution.quantiles.length > 0 ? (
              <div className="scroll-x">
                <table className="table">
                  <caption className="sr-only">{t('fcat.quantiles')}</caption>
                  <thead>
                    <tr>
                      {distribution.quantiles.map(({ at }) => (
                        <th key={at} scope="col" className="right" title={t('fcat.quantile', { at: percent(at, 0) })}>
                          {percent(at, 0)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    <tr>
                      {distribution.quantiles.map(({ at, value }) => (
                        <td key={at} className="right">
                          {value === '' ? '–' : value}
                        </td>
                      ))}
                    </tr>
                  </tbody>
                </table>
              </div>
            ) : null}
          </div>
        )}
      </Panel>
      <Panel title={t('fcat.used-by')}>
        {feature.usedBy.length === 0 ? (
          <p className="muted">{t('fcat.used-by-none')}</p>
        ) : (
          <ul className="plain-list stack tight">
            {feature.usedBy.map(use => (
              <li key={`${use.kind} ${use.id}`} className="row tight">
                <Chip>{t(`fuse.${use.kind}`)}</Chip>
                <Used kind={use.kind} id={use.id} onOpen={onOpen}>
                  {say(use.name)}
                </Used>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Extremes id={feature.id} />
      <Panel title={t('fcat.formula')} note={t('fcat.formula-note')}>
        <div className="stack tight">
          <p className="small">
            {t('fcat.source')}: <span className="strong">{say(feature.sourceName)}</span>
          </p>
          <code className="formula break">{feature.formula}</code>
          {feature.counts ? (
            <>
              <p className="small">{t('fcat.counts')}</p>
              <code className="formula break">{feature.counts}</code>
            </>
          ) : null}
          {feature.from.length > 0 ? (
            <div className="row tight">
              <span className="small">{t('fcat.calculated')}</span>
              {feature.from.map(other => (
                <Button key={other} size="small" onClick={() => onOpen(other)}>
                  {other}
                </Button>
              ))}
            </div>
          ) : null}
        </div>
      </Panel>
      <Versions feature={feature} />
      {changing ? <OwnForm feature={feature} onClose={() => setChanging(false)} /> : null}
    </div>
  )
}

interface UsedProps {
  kind: FeatureDetail['usedBy'][number]['kind']
  id: string
  onOpen: (id: string) => void
  children: string
}

/** Where the asking rule or model is looked at. */
function Used({ kind, id, onOpen, children }: UsedProps) {
  if (kind === 'segment') return <Link to={`/segments/${id}`}>{children}</Link>
  if (kind === 'need') return <Link to={`/needs/${id}`}>{children}</Link>
  if (kind === 'model') return <Link to="/models">{children}</Link>
  return (
    <Button type="link" size="small" onClick={() => onOpen(id)}>
      {children}
    </Button>
  )
}

function Versions({ feature }: { feature: FeatureDetail }) {
  const { t, say, instant } = useText()
  if (feature.versions.length === 0) return null
  return (
    <Panel title={t('fcat.versions')}>
      <ul className="plain-list stack tight">
        {feature.versions.map(version => (
          <li key={version.version}>
            <span className="strong">{t('fcat.own-version', { version: version.version })}</span> {say(version.name)}{' '}
            {version.state === 'withdrawn' ? <Chip tone="outline">{t('fcat.withdrawn')}</Chip> : null}
            {version.version === feature.own?.usedVersion ? (
              <Chip tone="good">{t('fcat.now', { day: '' })}</Chip>
            ) : null}
            <div className="small muted">
              {version.by === ''
                ? t('fcat.version-turn', { at: instant(version.at) })
                : t('fcat.version-by', { who: version.by, at: instant(version.at) })}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
