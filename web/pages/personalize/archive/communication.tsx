import { Link, useParams } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import type { Communication } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Page } from '../../../kit/index.ts'
import { OneCommunication } from './one-communication.tsx'

/** One communication on a page of its own, to be linked to: `/communications/<id>`. */
export default function CommunicationPage() {
  const { id = '' } = useParams()
  const { t, term } = useText()
  const one = useGet<Communication>(`/communications/${id}`)
  return (
    <Page
      title={one.data ? one.data.subject || term('comm-kind', one.data.kind) : t('comm.title')}
      crumb={<Link to="/communications">{t('comm.title')}</Link>}
    >
      <Async query={one} lines={10}>
        {communication => <OneCommunication communication={communication} />}
      </Async>
    </Page>
  )
}
