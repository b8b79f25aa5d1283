import { useGet } from '../../api/queries.ts'
import type { Communication } from '../../api/types.ts'
import { Async } from '../../kit/index.ts'
import { CommunicationViewer } from './communication-viewer.tsx'

/** One communication exactly as received, beside whatever it is talked about. */
export function Document({ id }: { id: string }) {
  const communication = useGet<Communication>(`/communications/${id}`)
  return (
    <Async query={communication} lines={10}>
      {data => <CommunicationViewer communication={data} brief />}
    </Async>
  )
}
