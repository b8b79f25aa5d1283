import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { get } from '../../../api/client.ts'
import type { DraftDetail, VersionDetail, Versions } from '../../../api/content.ts'
import { useGet } from '../../../api/queries.ts'
import { Async, useUrlState } from '../../../kit/index.ts'

export type ContentKind = 'template' | 'fragment'

export interface Opened {
  id: string
  versions: Versions
  /** null: a version is looked at. */
  draft: DraftDetail | null
  source: DraftDetail['source']
  onReload: () => void
}

interface OpenContentProps {
  kind: ContentKind
  id: string
  loading?: ReactNode
  children: (opened: Opened) => ReactNode
}

/** A template or a fragment: its open draft (the one in the address, if there are several), or the version that holds. */
export function OpenContent({ kind, id, loading, children }: OpenContentProps) {
  const versions = useGet<Versions>(`/${kind}s/${encodeURIComponent(id)}/versions`)
  return (
    <Async query={versions} lines={10} loading={loading}>
      {data => <Chosen {...{ kind, id, children }} versions={data} />}
    </Async>
  )
}

function Chosen({ kind, id, children, versions }: Omit<OpenContentProps, 'loading'> & { versions: Versions }) {
  const [asked] = useUrlState('draft')
  const [round, setRound] = useState(0)
  const open = versions.drafts.filter(({ deleted, state }) => !deleted && (state === 'draft' || state === 'asked'))
  const draft = open.find(one => String(one.id) === asked) ?? open[0]
  const version = heldVersion(versions)
  const path = draft ? `/content/drafts/${draft.id}` : `/${kind}s/${encodeURIComponent(id)}/versions/${version}`
  // Loaded anew each time it is opened: an old copy of a draft would only be refused.
  const loaded = useQuery({
    queryKey: ['content-opened', path, round],
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => get<DraftDetail | VersionDetail>(path),
  })
  return (
    <Async query={loaded} lines={12}>
      {data => (
        <Anew key={`${path} ${round}`}>
          {children({
            id,
            versions,
            draft: 'base' in data ? data : null,
            source: data.source,
            onReload: () => setRound(before => before + 1),
          })}
        </Anew>
      )}
    </Async>
  )
}

/** What is inside forgets what it held when another draft or version is opened. */
const Anew = ({ children }: { children: ReactNode }) => <>{children}</>

/** Number of the version that holds, else of the newest; 0: there is none. */
export const heldVersion = ({ versions }: Versions): number =>
  (versions.find(({ state }) => state === 'live') ?? versions[0])?.version ?? 0
